import {
  type Choice,
  type FormDocument,
  isSilent,
  type QuestionDocument,
  type QuestionType,
  type SectionDocument,
} from "@/ui/filling/definition";
import { folded } from "@/ui/polish";
import { TYPE_LABELS } from "./nouns";

/** Words of the language of expressions, which no key may be. */
const WORDS = new Set(
  "i lub nie tak w zawiera puste jednostka sprawa suma iloczyn zaokragl jezeli ile min max srednia dni dzisiaj dlugosc z_tabeli".split(
    " ",
  ),
);
const LONGEST_KEY = 60;
const USUAL_KEY = /^(pytanie|sekcja|kolumna|odpowiedz)(_\d+)?$/;

/** What a question is called in the outline and aloud. */
export const nameOf = (question: QuestionDocument): string =>
  question.label.trim() || `${TYPE_LABELS[question.type]} bez treści`;

export const titleOf = (section: SectionDocument): string => section.title.trim() || "Sekcja bez tytułu";

/** Keys of sections and questions together: they share one space of names. */
export const keysOf = (form: FormDocument): ReadonlySet<string> =>
  new Set(form.sections.flatMap((section) => [section.key, ...section.questions.map(({ key }) => key)]));

/** A key made of a label, one that nothing else has: "Koszt całkowity (zł)" -> "koszt_calkowity_zl". */
export function keyFrom(label: string, taken: ReadonlySet<string>, usual = "pytanie"): string {
  const stem = folded(label)
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[_0-9]+/, "")
    .slice(0, LONGEST_KEY - 4)
    .replace(/_+$/, "");
  const base = stem === "" ? usual : WORDS.has(stem) ? `${stem}_1` : stem;
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? base : `${base}_${number}`;
    if (!taken.has(key)) {
      return key;
    }
  }
}

/** True for a key that stands until the thing gets its name. */
export const isUsualKey = (key: string): boolean => USUAL_KEY.test(key);

export function sectionOf(form: FormDocument, question: string): SectionDocument | undefined {
  return form.sections.find(({ questions }) => questions.some(({ key }) => key === question));
}

export const questionAt = (form: FormDocument, key: string): QuestionDocument | undefined =>
  sectionOf(form, key)?.questions.find((question) => question.key === key);

const withSections = (form: FormDocument, sections: SectionDocument[]): FormDocument => ({ ...form, sections });

const withQuestions = (
  form: FormDocument,
  change: (questions: QuestionDocument[], section: SectionDocument) => QuestionDocument[],
): FormDocument =>
  withSections(
    form,
    form.sections.map((section) => ({ ...section, questions: change(section.questions, section) })),
  );

export const changeSection = (form: FormDocument, key: string, changes: Partial<SectionDocument>): FormDocument =>
  withSections(
    form,
    form.sections.map((section) => (section.key === key ? { ...section, ...changes } : section)),
  );

export const changeQuestion = (form: FormDocument, key: string, changes: Partial<QuestionDocument>): FormDocument =>
  withQuestions(form, (questions) =>
    questions.map((question) => (question.key === key ? { ...question, ...changes } : question)),
  );

/** What a question of a type begins with. */
function begun(type: QuestionType, key: string): QuestionDocument {
  const question: QuestionDocument = { key, type, label: "" };
  switch (type) {
    case "single_choice":
    case "multiple_choice":
      return { ...question, options: { choices: [choice(1), choice(2)] } };
    case "table":
      return {
        ...question,
        options: { columns: [{ key: "kolumna", type: "short_text", label: "Nazwa" }], min_rows: 0 },
      };
    case "personal_data":
      return { ...question, options: { of: "pupil", fields: ["first_name", "last_name"] } };
    case "statement":
      return { ...question, required: true, options: { wording: "" } };
    default:
      return question;
  }
}

const choice = (number: number): Choice => ({ key: `odpowiedz_${number}`, label: `Odpowiedź ${number}` });

export interface Added {
  form: FormDocument;
  key: string;
}

/** A new question at the end of a section, or just after another one. */
export function addQuestion(form: FormDocument, section: string, type: QuestionType, after?: string): Added {
  const key = keyFrom("", keysOf(form));
  const question = begun(type, key);
  return {
    key,
    form: withQuestions(form, (questions, { key: here }) => {
      if (here !== section) {
        return questions;
      }
      const place = questions.findIndex((one) => one.key === after);
      return place < 0 ? [...questions, question] : questions.toSpliced(place + 1, 0, question);
    }),
  };
}

export function addSection(form: FormDocument): Added {
  const key = keyFrom("", keysOf(form), "sekcja");
  return { key, form: withSections(form, [...form.sections, { key, title: "", questions: [] }]) };
}

/** The same question once more, after itself, under a key of its own. */
export function repeatQuestion(form: FormDocument, key: string): Added {
  const question = questionAt(form, key);
  if (!question) {
    return { form, key };
  }
  const label = question.label ? `${question.label} (kopia)` : "";
  const copy = { ...question, key: keyFrom(label, keysOf(form)), label };
  return {
    key: copy.key,
    form: withQuestions(form, (questions) => {
      const place = questions.findIndex((one) => one.key === key);
      return place < 0 ? questions : questions.toSpliced(place + 1, 0, copy);
    }),
  };
}

export const removeQuestion = (form: FormDocument, key: string): FormDocument =>
  withQuestions(form, (questions) => questions.filter((question) => question.key !== key));

export const removeSection = (form: FormDocument, key: string): FormDocument =>
  withSections(
    form,
    form.sections.filter((section) => section.key !== key),
  );

/** The question put at a place of a section (counted without itself). */
export function placeQuestion(form: FormDocument, key: string, section: string, place: number): FormDocument {
  const question = questionAt(form, key);
  if (!question || !form.sections.some((one) => one.key === section)) {
    return form;
  }
  return withQuestions(form, (questions, { key: here }) => {
    const left = questions.filter((one) => one.key !== key);
    return here === section ? left.toSpliced(place, 0, question) : left;
  });
}

export function placeSection(form: FormDocument, key: string, place: number): FormDocument {
  const section = form.sections.find((one) => one.key === key);
  if (!section) {
    return form;
  }
  return withSections(form, form.sections.filter((one) => one.key !== key).toSpliced(place, 0, section));
}

/** One step up (-1) or down (1); from the edge of a section into the next one. The same form when there is no way. */
export function moveQuestion(form: FormDocument, key: string, step: -1 | 1): FormDocument {
  const section = sectionOf(form, key);
  if (!section) {
    return form;
  }
  const place = section.questions.findIndex((one) => one.key === key) + step;
  if (place >= 0 && place < section.questions.length) {
    return placeQuestion(form, key, section.key, place);
  }
  const neighbour = form.sections[form.sections.indexOf(section) + step];
  return neighbour ? placeQuestion(form, key, neighbour.key, step < 0 ? neighbour.questions.length : 0) : form;
}

export function moveSection(form: FormDocument, key: string, step: -1 | 1): FormDocument {
  const place = form.sections.findIndex((one) => one.key === key) + step;
  return place < 0 || place >= form.sections.length ? form : placeSection(form, key, place);
}

/** Where a question is now, for the ears: "Pytanie „Tytuł”: miejsce 2 z 5 w sekcji „Dane”." */
export function placeInWords(form: FormDocument, key: string): string {
  const section = sectionOf(form, key);
  const question = questionAt(form, key);
  if (section && question) {
    const place = section.questions.indexOf(question) + 1;
    return `Pytanie „${nameOf(question)}”: miejsce ${place} z ${section.questions.length} w sekcji „${titleOf(section)}”.`;
  }
  const at = form.sections.findIndex((one) => one.key === key);
  const moved = form.sections[at];
  return moved ? `Sekcja „${titleOf(moved)}”: miejsce ${at + 1} z ${form.sections.length}.` : "";
}

/** The key changed everywhere it stands: at the question itself and, as a whole word, in every expression and text. */
export function renameKey(form: FormDocument, from: string, to: string): FormDocument {
  if (from === to || keysOf(form).has(to)) {
    return form;
  }
  const word = new RegExp(`(?<![\\p{L}\\d_."])${from}(?![\\p{L}\\d_"])`, "gu");
  const inRule = (rule: string | undefined) => rule?.replace(word, to);
  const inText = (text: string | undefined) => text?.replace(/\{[^}]*\}/g, (part) => part.replace(word, to));
  const question = (one: QuestionDocument): QuestionDocument => ({
    ...one,
    ...given({
      key: one.key === from ? to : one.key,
      label: inText(one.label) ?? "",
      help: inText(one.help),
      show: inRule(one.show),
      required_when: inRule(one.required_when),
      default: inRule(one.default),
      compute: inRule(one.compute),
      checks: one.checks?.map((check) => ({ rule: inRule(check.rule) ?? "", sentence: inText(check.sentence) ?? "" })),
      options: one.options && {
        ...one.options,
        ...given({
          wording: inText(one.options.wording),
          columns: one.options.columns?.map((column) => ({
            ...column,
            ...given({ show: inRule(column.show), compute: inRule(column.compute) }),
          })),
        }),
      },
    }),
  });
  return {
    ...form,
    sections: form.sections.map((section) => ({
      ...section,
      ...given({ show: inRule(section.show), description: inText(section.description) }),
      key: section.key === from ? to : section.key,
      questions: section.questions.map(question),
    })),
    ...given({
      checks: form.checks?.map((check) => ({
        ...check,
        rule: inRule(check.rule) ?? "",
        sentence: inText(check.sentence) ?? "",
        ...given({ at: check.at === from ? to : check.at }),
      })),
    }),
  };
}

function given<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}

/** What a fault of the server is about: "sections/0/questions/2/show" or "dane/tytul/show" as keys of the form. */
export function placeOf(form: FormDocument, path: string): { section?: string; question?: string } {
  const steps = path.split("/");
  if (steps[0] === "sections") {
    const section = form.sections[Number(steps[1])];
    const question = steps[2] === "questions" ? section?.questions[Number(steps[3])] : undefined;
    return { section: section?.key, question: question?.key };
  }
  const question = steps.find((step) => questionAt(form, step));
  const section = steps.find((step) => form.sections.some(({ key }) => key === step));
  return { section, question };
}

/** The questions that a rule at this place may ask about: all that give a value, but not itself. */
export const askable = (form: FormDocument, except?: string): readonly QuestionDocument[] =>
  form.sections.flatMap(({ questions }) => questions).filter(({ key, type }) => key !== except && !isSilent(type));

/** Every key that has been given out, with those inside questions: "budzet", "budzet/kwota". */
export const allKeys = (form: FormDocument): ReadonlySet<string> =>
  new Set([
    ...keysOf(form),
    ...form.sections.flatMap(({ questions }) =>
      questions.flatMap(({ key, options }) =>
        [...(options?.columns ?? []), ...(options?.choices ?? [])].map((inner) => `${key}/${inner.key}`),
      ),
    ),
  ]);

/** A column or a choice called by its name once it has one; `isFixed` keys are kept by answers and stay. */
export function keyed<T extends { key: string; label: string }>(
  one: T,
  others: readonly { key: string }[],
  isFixed: boolean,
): T {
  if (isFixed || !isUsualKey(one.key) || !one.label.trim()) {
    return one;
  }
  const taken = new Set(others.filter(({ key }) => key !== one.key).map(({ key }) => key));
  return { ...one, key: keyFrom(one.label, taken, one.key) };
}
