import { CLERK, page, type Server } from "@tests/render";
import type { Schemas } from "@/api/client";

const DAY = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString();

const section = (...questions: object[]) => ({
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

const stage = (key: string, kind: string, name: string, more: object = {}) => ({
  key,
  kind,
  name,
  public_name: name,
  function: "referent",
  ...more,
});

const way = (
  key: string,
  from: string,
  to: string,
  on: string,
  label: string,
  tone = "neutral",
  more: object = {},
) => ({
  key,
  from,
  to,
  on,
  label,
  tone,
  ...more,
});

/** A grant: submitted, checked, corrected, decided, closed one way or the other. */
export const DRAFT = {
  format: 1,
  name: "Grant oświatowy",
  description: "Na projekty szkół i przedszkoli.",
  noun: "wniosek",
  form: "",
  applicant: "unit",
  class: "WES.4424",
  limits: { per_unit: "2", opens_at: "2026-11-01", closes_at: "2026-12-15", reference_day: "", test_of_overdue: "" },
  functions: [
    { key: "referent", name: "Referent prowadzący" },
    { key: "dyrektor", name: "Dyrektor wydziału" },
  ],
  stages: [
    stage("zlozenie", "submission", "Złożenie wniosku", { function: "applicant" }),
    stage("ocena", "formal_check", "Ocena formalna", {
      public_name: "Sprawdzamy wniosek",
      deadline: { days: 7, counted: "working", remind_before: [2], remind_after: [1, 3] },
      parameters: { checklist: [{ id: "r1", point: "Podpis dyrektora" }] },
    }),
    stage("poprawa", "correction", "Poprawa wniosku", { function: "applicant" }),
    stage("decyzja", "decision", "Decyzja o dotacji", { function: "dyrektor", letters: ["decyzja"] }),
    stage("przyznano", "closing", "Dotacja przyznana", { function: "", parameters: { meaning: "positive" } }),
    stage("odmowa", "closing", "Odmowa", { function: "", parameters: {} }),
  ],
  transitions: [
    way("zloz", "zlozenie", "ocena", "submitted", "Złóż wniosek", "positive"),
    way("dalej", "ocena", "decyzja", "complete", "Przekaż do decyzji", "positive"),
    way("wezwij", "ocena", "poprawa", "incomplete", "Wezwij do poprawy", "neutral", { reason: "required" }),
    way("odrzuc", "ocena", "odmowa", "rejected", "Odrzuć", "negative", { reason: "required" }),
    way("poprawiono", "poprawa", "ocena", "corrected", "Złóż poprawiony", "positive"),
    way("przyznaj", "decyzja", "przyznano", "granted", "Przyznaj dotację", "positive", {
      effects: [{ kind: "letter", template: "decyzja" }],
    }),
    way("odmow", "decyzja", "odmowa", "refused", "Odmów", "negative", { reason: "required" }),
  ],
  sources: [],
};

export const PROCEDURE: Schemas["ProcedureDetailsOut"] = {
  version: "v1",
  id: "p1",
  name: DRAFT.name,
  noun: DRAFT.noun,
  description: DRAFT.description,
  is_archived: false,
  form: null,
  draft: DRAFT,
  draft_version: 4,
  problems: [
    {
      stage: "odmowa",
      path: "stages/5/parameters/meaning",
      where: "Etap „Odmowa”",
      sentence: "Powiedz, jak kończy się sprawa.",
    },
  ],
  functions: [
    { key: "referent", name: "Referent prowadzący", is_known: true, is_played: true },
    { key: "dyrektor", name: "Dyrektor wydziału", is_known: false, is_played: false },
  ],
  revisions: [{ id: "r1", number: 1, published_at: "2026-10-12T10:00:00Z", published_by: "Anna Nowak" }],
  can: ["start", "export", "copy", "change", "publish", "archive"],
};

export const PROCEDURE_ROW: Schemas["ProcedureOut"] = {
  id: "p1",
  name: DRAFT.name,
  description: DRAFT.description,
  noun: DRAFT.noun,
  is_archived: false,
  is_published: true,
  number: 1,
  published_at: "2026-10-12T10:00:00Z",
  open_cases: 43,
  updated_at: "2026-11-20T10:00:00Z",
  can: ["start", "export", "copy", "change", "publish", "archive"],
};

export const CASE_ROW: Schemas["CaseRowOut"] = {
  id: "c1",
  sign: "WES.4424.17.2026",
  title: "Klub robotyki dla klas IV–VI",
  procedure: { id: "p1", name: DRAFT.name },
  unit: { id: "u1", short_name: "SP 1" },
  stage: { key: "ocena", name: "Ocena formalna" },
  state: "open",
  meaning: "",
  ball: {
    side: "office",
    who: ["Anna Nowak"],
    since: inDays(-3),
    due_at: inDays(4),
    is_overdue: false,
    is_paused: false,
  },
  opened_at: "2026-11-15T09:00:00Z",
};

const reasoned = (action: string, label: string, tone: "neutral" | "positive" | "negative") => ({
  action,
  kind: "transition" as const,
  label,
  tone,
  reason: "required" as const,
  needs_reason: true,
  fields: null,
  blocked: null,
  ways: [],
  follows: "",
});

const OPINION = "0195f0aa-0000-7000-8000-000000000001";

export const CASE: Schemas["CaseOut"] = {
  ...CASE_ROW,
  version: 7,
  trouble: "",
  noun: "wniosek",
  is_from_office: true,
  closed_at: null,
  subject: null,
  public_stage: "Sprawdzamy wniosek",
  applicant: null,
  path: [
    { key: "zlozenie", name: "Złożenie wniosku", kind: "submission", state: "done" },
    { key: "ocena", name: "Ocena formalna", kind: "formal_check", state: "now" },
    { key: "decyzja", name: "Decyzja o dotacji", kind: "decision", state: "ahead" },
    { key: "przyznano", name: "Dotacja przyznana", kind: "closing", state: "ahead" },
  ],
  actions: [
    reasoned("odrzuc", "Odrzuć", "negative"),
    reasoned("wezwij", "Wezwij do poprawy", "neutral"),
    {
      action: "dalej",
      kind: "transition",
      label: "Przekaż do decyzji",
      tone: "positive",
      reason: "none",
      needs_reason: false,
      fields: section({ key: "punkt_1", type: "yes_no", label: "Podpis dyrektora", required: true }),
      blocked: null,
      ways: [],
      follows: "Sprawa przejdzie do etapu „Decyzja”.",
    },
    {
      action: "zamknij",
      kind: "transition",
      label: "Zamknij bez rozpoznania",
      tone: "neutral",
      reason: "none",
      needs_reason: false,
      fields: null,
      blocked: "Tego może dokonać tylko dyrektor wydziału.",
      ways: [],
      follows: "",
    },
    {
      action: "ask_opinion",
      kind: "act",
      label: "Poproś o opinię",
      tone: "neutral",
      reason: "none",
      needs_reason: false,
      fields: section({ key: "tresc", type: "long_text", label: "Pytanie", required: true }),
      blocked: null,
      ways: [],
      follows: "",
    },
    {
      action: "remind_opinion",
      kind: "act",
      label: "Ponaglij",
      tone: "neutral",
      reason: "none",
      needs_reason: false,
      fields: section({
        key: "pytanie",
        type: "single_choice",
        label: "Adresat",
        required: true,
        options: { choices: [{ key: `p${OPINION.replaceAll("-", "")}`, label: "Rada Rodziców" }] },
      }),
      blocked: null,
      ways: [],
      follows: "",
    },
  ],
  sheets: [
    {
      id: "s1",
      title: "Wniosek o grant",
      stage: "",
      round: 1,
      person: null,
      version: 1,
      is_complete: true,
      can_fill: false,
      state: "submitted",
    },
    {
      id: "s2",
      title: "Karta oceny formalnej",
      stage: "Ocena formalna",
      round: 1,
      person: null,
      version: 0,
      is_complete: false,
      can_fill: true,
      state: "draft",
    },
  ],
  opinions: [
    {
      id: OPINION,
      whom: "Rada Rodziców",
      is_unit: false,
      stage: "ocena",
      asked_by: "Anna Nowak",
      question: "Czy projekt odpowiada potrzebom szkoły?",
      asked_at: inDays(-2),
      due_at: inDays(5),
      reminded_at: null,
      revoked_at: null,
      answered_at: null,
      answer: "",
      answered_by: null,
      verdict: "",
    },
  ],
  votes: [
    {
      id: "v1",
      stage: "zatwierdzenie",
      stage_name: "Zatwierdzenie",
      round: 1,
      person: "Jan Kowalski",
      in_place_of: "Maria Zielińska",
      verdict: "approved",
      verdict_label: "zatwierdzono",
      points: null,
      reason: "",
      is_valid: false,
      at: "2026-11-19T09:00:00Z",
    },
  ],
  letters: [],
  can: ["undo"],
  letters_offered: [],
  findings: [],
  why: null,
};

export const EVENTS: Schemas["CaseEventOut"][] = [
  {
    number: 1,
    at: "2026-11-15T09:00:00Z",
    actor: "Katarzyna Wiśniewska",
    in_place_of: null,
    sentence: "Złożono wniosek. Sprawa przeszła do etapu „Ocena formalna”.",
    reason: "",
    function: "",
    from_stage: "Złożenie wniosku",
    to_stage: "Ocena formalna",
    sheet_version: 1,
    details: [],
    is_undone: false,
  },
  {
    number: 2,
    at: "2026-11-18T09:00:00Z",
    actor: "Jan Kowalski",
    in_place_of: "Anna Nowak",
    sentence: "Wezwano do poprawy.",
    reason: "Brak podpisu dyrektora.",
    function: "Referent prowadzący",
    from_stage: "Ocena formalna",
    to_stage: "Poprawa wniosku",
    sheet_version: null,
    details: [{ label: "Części do poprawy", value: "Dane wnioskodawcy" }],
    is_undone: true,
  },
];

export const OFFICER = {
  ...CLERK,
  modules: [...CLERK.modules, "procedures", "forms"],
  permissions: [
    ...CLERK.permissions,
    "procedures.manage_procedures",
    "procedures.view_cases",
    "procedures.open_case",
    "procedures.act_in_case",
    "procedures.manage_letters",
    "procedures.manage_classes",
  ],
};

const API = "GET /api/v1/procedures/";

/** A city with one procedure and one case, and whatever a test adds. */
export const city = (more: Server = {}): Server => ({
  "GET /api/v1/accounts/session/": OFFICER,
  [`${API}kinds/`]: KINDS,
  [`${API}effects/`]: [{ code: "messaging.send_message", label: "wyślij wiadomość" }],
  [`${API}procedures/`]: page([PROCEDURE_ROW]),
  [`${API}procedures/p1/`]: PROCEDURE,
  [`${API}cases/`]: page([CASE_ROW]),
  [`${API}cases/c1/`]: CASE,
  [`${API}cases/c1/events/`]: EVENTS,
  [`${API}cases/c1/letters/`]: [],
  [`${API}classes/`]: page([]),
  [`${API}letter-templates/`]: page([]),
  "GET /api/v1/forms/forms/": page([]),
  "GET /api/v1/directory/units/": page([]),
  ...more,
});
