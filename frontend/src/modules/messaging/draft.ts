import type { Schemas } from "@/api/client";
import { formatDateTime } from "@/ui/format";
import { fromWarsaw, inWarsaw } from "@/ui/warsawTime";
import type { Message } from "./nouns";
import { isWorkbook } from "./workbooks";

export interface NamedPerson {
  id: string;
  name: string;
}

/** Whom the author chose; kinds are codes, the rest ids. */
export interface Audience {
  allUnits: boolean;
  kinds: readonly string[];
  groups: readonly string[];
  units: readonly string[];
  people: readonly NamedPerson[];
  /** Units that get nothing, though something above names them. */
  exceptUnits: readonly string[];
}

export interface DraftFile {
  /** Of the stored file, which is known before the draft is saved. */
  file: string;
  name: string;
  size: number;
}

export interface Wanted {
  wantsText: boolean;
  wantsFiles: boolean;
  wantsWorkbook: boolean;
  /** The file to be filled in, as chosen; see templateOf. */
  template: string | null;
  dueAt: string | null;
  locksAt: string | null;
}

/** A message as it is being written. */
export interface Draft {
  subject: string;
  body: string;
  audience: Audience;
  files: readonly DraftFile[];
  wanted: Wanted;
}

export const NOTHING_WANTED: Wanted = {
  wantsText: false,
  wantsFiles: false,
  wantsWorkbook: false,
  template: null,
  dueAt: null,
  locksAt: null,
};

export const EMPTY_DRAFT: Draft = {
  subject: "",
  body: "",
  audience: { allUnits: false, kinds: [], groups: [], units: [], people: [], exceptUnits: [] },
  files: [],
  wanted: NOTHING_WANTED,
};

export const wantsAnything = ({ wantsText, wantsFiles, wantsWorkbook }: Wanted): boolean =>
  wantsText || wantsFiles || wantsWorkbook;

/** The file to be filled in: the chosen one while it is attached, else the only workbook there is. */
export function templateOf({ files, wanted }: Pick<Draft, "files" | "wanted">): string | null {
  const workbooks = files.filter(({ name }) => isWorkbook(name));
  const chosen = workbooks.find(({ file }) => file === wanted.template);
  return chosen?.file ?? (workbooks.length === 1 ? (workbooks[0]?.file ?? null) : null);
}

export const audienceBody = ({ allUnits, kinds, groups, units, people, exceptUnits }: Audience) => ({
  all_units: allUnits,
  kinds: [...kinds],
  groups: [...groups],
  units: [...units],
  people: people.map(({ id }) => id),
  except_units: [...exceptUnits],
});

/** What the API keeps of a draft. */
export function draftBody(draft: Draft) {
  const { subject, body, audience, files, wanted } = draft;
  return {
    subject,
    body,
    audience: audienceBody(audience),
    attachments: files.map(({ file }) => ({ file })),
    answer_request: wantsAnything(wanted)
      ? {
          wants_text: wanted.wantsText,
          wants_files: wanted.wantsFiles,
          wants_workbook: wanted.wantsWorkbook,
          template: wanted.wantsWorkbook ? templateOf(draft) : null,
          due_at: wanted.dueAt,
          locks_at: wanted.locksAt,
        }
      : null,
  };
}

export function draftOf({ subject, body, audience, attachments, answer_request: request }: Message): Draft {
  return {
    subject,
    body,
    audience: {
      allUnits: audience.all_units,
      kinds: audience.kinds,
      groups: audience.groups,
      units: audience.units,
      people: audience.people_named,
      exceptUnits: audience.except_units,
    },
    files: attachments.map(({ file, name, size }) => ({ file, name, size })),
    wanted: request
      ? {
          wantsText: request.wants_text,
          wantsFiles: request.wants_files,
          wantsWorkbook: request.wants_workbook,
          template: attachments.find(({ id }) => id === request.template)?.file ?? null,
          dueAt: request.due_at,
          locksAt: request.locks_at,
        }
      : NOTHING_WANTED,
  };
}

const USUAL_HOUR = "15:00";

function later(moment: string, days: number): string {
  const date = new Date(`${inWarsaw(moment).day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** A week from now at three in the afternoon; a weekend is moved to Monday. */
export function usualDue(now: Date = new Date()): string {
  const day = later(now.toISOString(), 7);
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  const moved = weekday === 6 ? 2 : weekday === 0 ? 1 : 0;
  return fromWarsaw(later(fromWarsaw(day, USUAL_HOUR), moved), USUAL_HOUR);
}

/** A week after the due date, at the same hour. */
export const usualLock = (due: string): string => fromWarsaw(later(due, 7), inWarsaw(due).hour);

export const isNobody = ({ allUnits, kinds, groups, units, people }: Audience): boolean =>
  !allUnits && [kinds, groups, units, people].every((list) => list.length === 0);

/** Whom the message means today, in numbers and in words, and who has to accept it. */
export type Reach = Schemas["RecipientCountsOut"];

export const NOBODY: Reach = { units: 0, people: 0, named: "", after_do: "", undo_seconds: 0, acceptance: "none" };

const ACCEPTED_BY: Record<Reach["acceptance"], string> = {
  none: "",
  head: "kierownika referatu",
  head_and_director: "kierownika referatu, a potem dyrektora",
};

/** "30 przedszkoli i 2 osoby" */
export const reachOf = ({ named }: Pick<Reach, "named">): string => named || "nikt";

/** What pressing "Wyślij" will do, in one sentence. */
export function promiseOf(reach: Reach, wanted: Wanted): string {
  const request = !wantsAnything(wanted)
    ? "bez prośby o odpowiedź"
    : wanted.dueAt === null
      ? "odpowiedzi bez terminu"
      : `odpowiedzi do ${formatDateTime(wanted.dueAt)}`;
  if (reach.acceptance !== "none") {
    return `Wiadomość do ${reach.after_do} trafi najpierw do akceptacji: ${ACCEPTED_BY[reach.acceptance]}; ${request}.`;
  }
  return `Wyślesz do ${reach.after_do}; ${request}.`;
}
