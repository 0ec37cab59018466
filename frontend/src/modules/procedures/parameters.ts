import type { Answer, Answers, FormDocument, QuestionDocument } from "@/ui/filling/definition";
import type { Draft } from "./draft";
import type { StageKind } from "./nouns";

/** The document of a form as the API carries it, or null when there is nothing to ask. */
export function formIn(document: unknown): FormDocument | null {
  const form = document as FormDocument | null | undefined; // the server made it; its schema calls it any JSON
  return form?.sections?.some(({ questions }) => questions.length > 0) ? form : null;
}

/** What was kept as JSON, as answers to the questions that it answers. */
export const answersIn = (kept: Readonly<Record<string, unknown>>): Answers => kept as Record<string, Answer>;

const FUNCTION = "function";
const POT = "pot";

interface Named {
  key: string;
  label: string;
}

/** A text that is to name a function or a pot is chosen: from those of the procedure, of the city. */
export function parametersOf(kind: StageKind | undefined, draft: Draft, pots: readonly Named[]): FormDocument | null {
  const form = formIn(kind?.parameters);
  if (!form) {
    return null;
  }
  const offers: Record<string, readonly Named[]> = {
    [FUNCTION]: draft.functions.map(({ key, name }) => ({ key, label: name || key })),
    ...(pots.length > 0 && { [POT]: pots }), // whoever sees no pot types the code
  };
  const offered = <Q extends Pick<QuestionDocument, "key" | "type">>(question: Q): Q => {
    const choices = question.type === "short_text" ? offers[question.key] : undefined;
    return choices ? { ...question, type: "single_choice", options: { choices } } : question;
  };
  const sections = form.sections.map((section) => ({
    ...section,
    questions: section.questions.map((question) => ({
      ...offered(question),
      ...(question.options?.columns && {
        options: { ...question.options, columns: question.options.columns.map(offered) },
      }),
    })),
  }));
  return { ...form, sections };
}
