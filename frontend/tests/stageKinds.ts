import type { Schemas } from "@/api/client";

/** Questions of a stage, as its kind asks them. */
export const section = (...questions: object[]) => ({
  format: 1,
  title: "",
  sections: [{ key: "dane_kroku", title: "", questions }],
});

const outcome = (code: string, label: string, is_positive: boolean | null = null) => ({
  code,
  label,
  is_positive,
  is_required: is_positive !== null,
  is_automatic: false,
});

/** What most kinds are not. */
const PLAIN = { facts: [], starts: false, ends: false, has_members: false, may_be_applicants: false, shown: [] };

/** The kinds of stages that the procedures of the tests are made of. */
export const KINDS: Schemas["StageKindOut"][] = [
  {
    ...PLAIN,
    starts: true,
    may_be_applicants: true,
    code: "submission",
    label: "Złożenie",
    description: "Wnioskodawca wypełnia formularz i go składa.",
    outcomes: [outcome("submitted", "złożono", true), outcome("withdrawn", "wycofano")],
    acts: [],
    parameters: {},
  },
  {
    ...PLAIN,
    facts: [{ key: "uwagi", type: "long_text" }],
    code: "formal_check",
    label: "Ocena formalna",
    description: "Sprawdzenie według listy; braki wracają do poprawy.",
    outcomes: [
      outcome("complete", "kompletne", true),
      outcome("incomplete", "do poprawy"),
      outcome("rejected", "odrzucone", false),
    ],
    acts: [],
    parameters: section({
      key: "checklist",
      type: "table",
      label: "Lista sprawdzenia",
      options: { columns: [{ key: "point", type: "short_text", label: "Punkt do sprawdzenia", required: true }] },
    }),
  },
  {
    ...PLAIN,
    may_be_applicants: true,
    code: "correction",
    label: "Poprawa",
    description: "Wnioskodawca poprawia wskazane części.",
    outcomes: [outcome("corrected", "poprawiono", true), outcome("withdrawn", "wycofano")],
    acts: [],
    parameters: {},
  },
  {
    ...PLAIN,
    code: "decision",
    label: "Decyzja",
    description: "Rozstrzygnięcie z numerem, datą i kwotą.",
    outcomes: [outcome("granted", "przyznano", true), outcome("refused", "odmówiono", false)],
    acts: [],
    parameters: {},
  },
  {
    ...PLAIN,
    ends: true,
    code: "closing",
    label: "Zakończenie",
    description: "Sprawa jest zamknięta i nic już na nikogo nie czeka.",
    outcomes: [],
    acts: [],
    parameters: section({
      key: "meaning",
      type: "single_choice",
      label: "Jak się kończy",
      required: true,
      options: { choices: [{ key: "positive", label: "załatwiono pozytywnie" }] },
    }),
  },
];
