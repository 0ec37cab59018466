import type { Answer, Choice, Options } from "@/ui/filling/definition";

/** What every input of an answer is given. */
export interface FieldProps<Type extends string = string> {
  /** Where a link of a mistake leads. */
  id: string;
  type: Type;
  label: string;
  help?: string;
  options: Options;
  /** The things to choose from: the definition's own or a dictionary's. */
  choices: readonly Choice[];
  value: Answer;
  onChange: (answer: Answer) => void;
  error?: string;
  isRequired: boolean;
  /** Of a statement: as it is to be shown now. */
  wording?: string;
  /** Of a unit or a person: what the directory knows of whom is chosen. */
  facts?: Readonly<Record<string, string>>;
  /** Of a unit: it is the one whose matter it is, and no other can be chosen. */
  isFixed?: boolean;
  /** In a table: choices are lists that open, not rows of circles. */
  isCompact?: boolean;
}

export const asText = (answer: Answer | undefined): string => (typeof answer === "string" ? answer : "");

export const asList = (answer: Answer | undefined): readonly Answer[] =>
  Array.isArray(answer) ? (answer as readonly Answer[]) : [];

export const asParts = (answer: Answer | undefined): Readonly<Record<string, Answer>> =>
  typeof answer === "object" && answer !== null && !Array.isArray(answer)
    ? (answer as Readonly<Record<string, Answer>>)
    : {};

/** "" is no answer. */
export const textOrNull = (text: string): Answer => (text === "" ? null : text);
