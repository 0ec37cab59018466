import type { QuestionDocument } from "@/ui/filling/definition";
import type { CaseAction, CaseDetails, CaseOpinion } from "./nouns";
import { formIn } from "./parameters";

/** An opinion as an answer: keys of a form begin with a letter. */
export const keyOf = ({ id }: CaseOpinion): string => `p${id.replaceAll("-", "")}`;

/** The question of an act that asks which opinion it is about, where this opinion is one of the answers. */
export function questionAbout(action: CaseAction, opinion: CaseOpinion): QuestionDocument | undefined {
  const questions = formIn(action.fields)?.sections.flatMap((section) => section.questions) ?? [];
  return questions.find(({ options }) => options?.choices?.some(({ key }) => key === keyOf(opinion)));
}

/** Acts that are about one opinion of those asked: they stand beside it, not among what may be done with the matter. */
export const actsOfOpinions = ({ actions, opinions }: CaseDetails): ReadonlySet<string> =>
  new Set(
    actions
      .filter((action) => action.kind === "act" && opinions.some((opinion) => questionAbout(action, opinion)))
      .map(({ action }) => action),
  );
