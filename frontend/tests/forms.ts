import { CLERK, page, type Server } from "@tests/render";
import type { FormDocument, QuestionDocument, QuestionType } from "@/ui/filling/definition";
import { bareProjection, type Drawn, type Projection } from "@/ui/filling/projection";

export const question = (key: string, type: QuestionType, more: Partial<QuestionDocument> = {}): QuestionDocument => ({
  key,
  type,
  label: `Pytanie ${key}`,
  ...more,
});

export const documentOf = (...questions: QuestionDocument[]): FormDocument => ({
  format: 1,
  title: "Wniosek",
  sections: [{ key: "dane", title: "Dane", questions }],
});

/** What a server would say where nothing depends on anything, with what a test says otherwise. */
export function projectionOf(
  definition: FormDocument,
  drawn: Record<string, Partial<Drawn>> = {},
  more: Partial<Projection> = {},
): Projection {
  const bare = bareProjection(definition, {});
  return {
    ...bare,
    questions: Object.fromEntries(Object.entries(bare.questions).map(([key, one]) => [key, { ...one, ...drawn[key] }])),
    ...more,
  };
}

export const BUDGET = question("budzet", "table", {
  label: "Budżet",
  options: {
    columns: [
      { key: "nazwa", type: "short_text", label: "Pozycja" },
      { key: "kwota", type: "money", label: "Kwota" },
      { key: "polowa", type: "money", label: "Połowa", compute: "kwota / 2" },
    ],
    sums: ["kwota"],
  },
});

export const FORM_ID = "f0000000-0000-4000-8000-000000000001";
export const SHEET_ID = "50000000-0000-4000-8000-000000000001";

export const formOut = (draft: FormDocument, more: Record<string, unknown> = {}) => ({
  id: FORM_ID,
  name: "Wniosek o grant",
  description: "",
  is_archived: false,
  revision: 0,
  sheets: 0,
  updated_at: "2026-11-23T12:00:00Z",
  draft,
  version: "1",
  draft_version: 1,
  problems: [],
  revisions: [],
  can: ["change", "publish", "copy", "archive", "export"],
  ...more,
});

export const sheetOut = (definition: FormDocument, more: Record<string, unknown> = {}) => ({
  id: SHEET_ID,
  form: { id: FORM_ID, name: "Wniosek o grant" },
  owner_kind: "procedures.case",
  owner_id: "c0000000-0000-4000-8000-000000000001",
  purpose: "application",
  revision: 1,
  definition,
  answers: {},
  draft_version: 1,
  state: "draft",
  version: 0,
  projection: projectionOf(definition),
  asks_correction: null,
  open_sections: null,
  set_aside: [],
  unit: { id: "u1", short_name: "SP 1", name: "Szkoła Podstawowa nr 1" },
  files: [],
  dictionaries: {},
  versions: [],
  can: ["fill", "submit"],
  ...more,
});

/** Somebody who makes forms and keeps the city's lists. */
export const AUTHOR = {
  "GET /api/v1/accounts/session/": {
    ...CLERK,
    modules: [...CLERK.modules, "forms"],
    permissions: [...CLERK.permissions, "forms.manage_forms", "forms.manage_dictionaries"],
  },
  "GET /api/v1/forms/dictionaries/": page([]),
  "GET /api/v1/directory/units/": page([]),
} satisfies Server;
