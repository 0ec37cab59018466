import { json, page, type Server } from "@tests/render";
import { vi } from "vitest";
import type { Schemas } from "@/api/client";

const DAY = 86_400_000;

/** So many days from now, in ISO 8601. */
export const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString();

export const TEMPLATE = { id: "t1", file: "tf1", name: "ankieta.xlsx", size: 5000, content_type: "x" };

export const WANTS_WORKBOOK: Schemas["AnswerRequestOut"] = {
  wants_text: false,
  wants_files: false,
  wants_workbook: true,
  template: TEMPLATE.id,
  due_at: inDays(7),
  locks_at: null,
};

export const RECEIVED: Schemas["InboxMessageOut"] = {
  id: "d1",
  subject: "Ankieta o obiadach",
  sender: "Katarzyna Wiśniewska",
  sent_at: "2026-11-20T09:00:00Z",
  recipient: { kind: "unit", id: "u1", short_name: "SP 1", name: "Szkoła Podstawowa nr 1" },
  due_at: WANTS_WORKBOOK.due_at,
  locks_at: null,
  opened_at: null,
  is_unread: true,
  is_waiting: true,
  wants_answer: true,
  answered_at: null,
  answer_version: 0,
  is_late: false,
  handed: null,
  body: "Proszę o wypełnienie.",
  attachments: [TEMPLATE],
  answer_request: WANTS_WORKBOOK,
  readings: [{ person: "Jan Kowalski", first_at: "2026-11-20T10:00:00Z", last_at: "2026-11-20T10:00:00Z", count: 1 }],
  answers: [],
  can: ["answer"],
};

export const ANSWER: Schemas["AnswerOut"] = {
  id: "an1",
  version: 1,
  text: "Uwaga do danych",
  author: "Jan Kowalski",
  sent_at: "2026-11-21T10:00:00Z",
  is_late: false,
  despite_problems: false,
  problem: "",
  entered: "",
  ground: null,
  file_request: null,
  files: [{ id: "af1", file: "f9", name: "ankieta SP 1.xlsx", size: 6000, role: "workbook" }],
};

export const COUNTS: Schemas["CountsOut"] = {
  recipients: 119,
  delivered: 119,
  opened: 90,
  answered: 60,
  silent: 59,
  late: 5,
  recalled: 0,
};

const AUTHOR = { id: "a0000000-0000-4000-8000-000000000001", name: "Anna Nowak" };

export const SENT: Schemas["MessageOut"] = {
  version: "v1",
  id: "m1",
  subject: "Ankieta o obiadach",
  body: "Proszę o wypełnienie.",
  trouble: "",
  leaves_in: null,
  missing: [],
  state: "sent",
  author: AUTHOR,
  sent_by: AUTHOR,
  updated_at: "2026-11-20T09:00:00Z",
  sent_at: "2026-11-20T09:00:00Z",
  due_at: WANTS_WORKBOOK.due_at,
  counts: COUNTS,
  can: ["export", "archive", "remind", "merge"],
  returned: null,
  audience: { all_units: true, units: [], kinds: [], groups: [], people: [], people_named: [], except_units: [] },
  attachments: [TEMPLATE],
  answer_request: WANTS_WORKBOOK,
};

export const DRAFT: Schemas["MessageOut"] = {
  ...SENT,
  id: "m2",
  subject: "",
  body: "",
  state: "draft",
  sent_by: null,
  sent_at: null,
  due_at: null,
  counts: { recipients: 0, delivered: 0, opened: 0, answered: 0, silent: 0, late: 0, recalled: 0 },
  can: ["change", "discard", "send"],
  audience: { all_units: false, units: [], kinds: [], groups: [], people: [], people_named: [], except_units: [] },
  attachments: [],
  answer_request: null,
};

/** The directory as the audience picker asks for it. */
const UNIT = {
  id: "u1",
  short_name: "SP 1",
  name: "Szkoła Podstawowa nr 1",
  street: "",
  kind: { code: "sp", name: "Szkoła" },
  contains: [] as string[],
};

export const DIRECTORY: Server = {
  "GET /api/v1/directory/kinds/": [
    { code: "sp", name: "Szkoła podstawowa", also_called: ["Szkoły podstawowe", "SP", "podstawówki"], units: 50 },
    { code: "lo", name: "Liceum", also_called: ["Licea"], units: 0 },
  ],
  "GET /api/v1/directory/groups/": page([{ id: "g1", name: "Szkoły z basenem", units: ["u1"] }]),
  "GET /api/v1/directory/units/": page([
    UNIT,
    { ...UNIT, id: "u5", short_name: "SP 5", name: "Szkoła Podstawowa nr 5" },
    {
      ...UNIT,
      id: "z1",
      short_name: "ZS 1",
      name: "Zespół nr 1",
      kind: { code: "zs", name: "Zespół" },
      contains: ["sp"],
    },
  ]),
  "GET /api/v1/directory/people/": page([{ id: "p1", name: "Łucja Żak", email: "zak@example.org", phone: "" }]),
};

/** How the reading of a file stands, as the server tells it. */
export const readingOf = (file: object, told: object = {}) => ({
  id: "r1",
  file,
  purpose: "",
  about: "",
  state: "done",
  failure: "",
  failure_code: "",
  faults: [],
  may_help_again: false,
  created_at: "2026-11-23T12:00:00Z",
  ...told,
});

/**
 * Storage that takes every file at once; each is stored under its own name, with the id "file-<name>". What is asked to
 * be read is read at once, or as `told` says at that moment.
 */
export function takeUploads(told: () => object = () => ({})): Server {
  const names = new Map<string, { name: string; size: number }>();
  let read: object | undefined;
  vi.stubGlobal(
    "XMLHttpRequest",
    class {
      upload = {};
      status = 200;
      responseText = "";
      onload?: () => void;
      open() {}
      setRequestHeader() {}
      abort() {}
      send() {
        queueMicrotask(() => this.onload?.());
      }
    },
  );
  return {
    "POST /api/v1/files/uploads/": async (request: Request) => {
      const given = (await request.clone().json()) as { name: string; size: number };
      names.set("last", given);
      return json(
        { id: "up", url: "/storage/up", method: "PUT", headers: {}, expires_at: "2026-11-23T12:00:00Z" },
        201,
      );
    },
    "POST /api/v1/files/uploads/up/finish/": () => {
      const { name, size } = names.get("last") ?? { name: "", size: 0 };
      return stored(name, size);
    },
    "POST /api/v1/files/readings/": () => {
      const { name, size } = names.get("last") ?? { name: "", size: 0 };
      read = stored(name, size);
      return json(readingOf(read, told()), 202);
    },
    "GET /api/v1/files/readings/": () => (read ? [readingOf(read, told())] : []),
  };
}

const stored = (name: string, size: number) => ({
  id: `file-${name}`,
  name,
  size,
  sha256: "00",
  content_type: "x",
  is_checked: true,
  held_up: "",
});

/** The body of each request of this method to this path, in order. */
export const bodiesOf = (asked: readonly Request[], method: string, path: string): Promise<unknown[]> =>
  Promise.all(
    asked
      .filter((request) => request.method === method && new URL(request.url).pathname === path)
      .map((request) => request.clone().json()),
  );
