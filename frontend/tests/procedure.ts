import type { Schemas } from "@/api/client";

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
