import type { Schemas } from "@/api/client";
import { asProblem } from "@/api/problem";
import { type Answer, type Answers, type FormDocument, isSilent } from "@/ui/filling/definition";

/** The API describes an answer as any value; here it is one of those that questions have. */
type Answered<T extends { value: unknown }> = Omit<T, "value"> & { value: Answer };

export type DrawnSection = Schemas["DrawnSectionOut"];
export type DrawnCell = Answered<Schemas["DrawnCellOut"]>;
export type DrawnRow = Omit<Schemas["DrawnRowOut"], "cells"> & { cells: Readonly<Record<string, DrawnCell>> };

/** How the server sees a question for the answers that it has. */
export type Drawn = Answered<Omit<Schemas["DrawnQuestionOut"], "rows" | "sums">> & {
  rows: readonly DrawnRow[] | null;
  sums: Readonly<Record<string, Answer>> | null;
};

export interface FileFact {
  id: string;
  name: string;
  size?: number | null;
  url?: string | null;
}

/** One thing that is wrong: at "tytul", "budzet/<row>/kwota", or "" for the whole. One that `is_missing` counts only at the end. */
export type Mistake = Schemas["MistakeOut"];

/** What the server made of the answers: the browser draws it and works nothing out by itself. */
export type Projection = Omit<Schemas["ProjectionOut"], "questions" | "errors"> & {
  questions: Readonly<Record<string, Drawn>>;
  errors: readonly Mistake[];
};

/**
 * The projection where no server has looked yet (the fields of an action in a dialog): everything is shown as the
 * definition says by itself; conditions, sums and checks wait for the server's word.
 */
export function bareProjection(definition: FormDocument, answers: Answers): Projection {
  const questions = definition.sections.flatMap((section) => section.questions);
  return {
    sections: Object.fromEntries(
      definition.sections.map(({ key, title = "", description = "" }) => [
        key,
        { is_visible: true, mistakes: 0, missing: 0, title, description },
      ]),
    ),
    questions: Object.fromEntries(
      questions.map((question) => [
        question.key,
        {
          is_visible: true,
          is_required: question.required ?? false,
          is_computed: Boolean(question.compute),
          value: answers[question.key] ?? null,
          label: question.label,
          help: question.help ?? "",
          errors: [],
          rows: null,
          sums: null,
          facts: null,
          wording: null,
        },
      ]),
    ),
    errors: [],
    answered: questions.filter(({ key, type }) => !isSilent(type) && !isEmpty(answers[key])).length,
    required: questions.filter(({ required }) => required).length,
    is_complete: false,
  };
}

/** Nothing was answered: null, "", [] or an object of nothing. */
export function isEmpty(answer: Answer | undefined): boolean {
  if (answer === undefined || answer === null || answer === "") {
    return true;
  }
  if (typeof answer === "object") {
    return (Array.isArray(answer) ? answer : Object.values(answer)).every(isEmpty);
  }
  return false;
}

/** The refusals of an answer of the API as mistakes; `prefix` is what stands before the question's key ("data."). */
export function mistakesOf(error: unknown, prefix = ""): Mistake[] {
  if (!error) {
    return [];
  }
  return asProblem(error).fields.map(({ field, detail }) => ({
    path: (field.startsWith(prefix) ? field.slice(prefix.length) : field).replaceAll(".", "/"),
    label: "",
    sentence: detail,
    is_missing: false,
  }));
}

/** The id of the input at a path, for links of mistakes. */
export const fieldId = (path: string): string => `field-${path.replaceAll("/", "-")}`;

const FOCUSABLE = "input:not([type=hidden]):not(:disabled), textarea, select, button, a[href], [tabindex]";

/** Puts the person where a mistake is: into the input itself, or the first one inside its group. */
export function focusField(path: string): void {
  let rest = path;
  while (rest) {
    const found = document.getElementById(fieldId(rest));
    if (found) {
      const target = found.matches(FOCUSABLE) ? found : (found.querySelector<HTMLElement>(FOCUSABLE) ?? found);
      target.scrollIntoView({ block: "center" });
      target.focus({ preventScroll: true });
      return;
    }
    rest = rest.split("/").slice(0, -1).join("/");
  }
}

/** What is said at one place, each sentence once; undefined when all is well. */
export const sentences = (errors: readonly string[], refusals: readonly Mistake[], path: string): string | undefined =>
  [...new Set([...errors, ...refusals.filter((one) => one.path === path).map(({ sentence }) => sentence)])].join(" ") ||
  undefined;

/** The projection in an answer of the API, which describes answers as any value. */
export const asProjection = (projection: Schemas["ProjectionOut"]): Projection => projection as Projection;
