import { counted, formatDate } from "@/ui/format";
import type { Tone } from "@/ui/StatusBadge";
import type { Ball, CaseAction, CaseDetails, CaseRow } from "./nouns";
import { actsOfOpinions } from "./opinionActs";

const MEANINGS = {
  "": "zakończona",
  positive: "załatwiona pozytywnie",
  negative: "załatwiona odmownie",
  withdrawn: "wycofana",
} as const;

/** The state of a case in two words, and its tone. */
export function stateOf({ state, meaning, ball }: Pick<CaseRow, "state" | "meaning" | "ball">): {
  text: string;
  tone: Tone;
} {
  if (state === "closed") {
    const tone = ({ positive: "success", negative: "danger" } as const)[meaning as string] ?? "neutral";
    return { text: MEANINGS[meaning], tone };
  }
  return ball.is_overdue ? { text: "po terminie", tone: "danger" } : { text: "w toku", tone: "info" };
}

const SIDES = {
  applicant: "wnioskodawca",
  office: "urząd",
  asked: "proszeni o opinię",
  nobody: "nikt",
} as const;

/** Whose move it is: "Ruch: urząd (Anna Nowak)". */
export function whoOf({ side, who }: Ball): string {
  return who.length > 0 ? `${SIDES[side]} (${who.join(", ")})` : SIDES[side];
}

/** Since when the side has the ball: "od 12.11.2026, 3 dni". */
export function sinceOf({ since }: Ball, now: Date = new Date()): string | null {
  if (since === null) {
    return null;
  }
  const days = Math.floor((now.getTime() - new Date(since).getTime()) / 86_400_000);
  const long = days < 1 ? "" : `, ${counted(days, "dzień", "dni", "dni")}`;
  return `od ${formatDate(since)}${long}`;
}

export const countedCases = (count: number): string => counted(count, "sprawa", "sprawy", "spraw");

/** How a button looks for its tone: the good way out stands out, the bad one is told apart. */
export const lookOf = (tone: CaseAction["tone"]) =>
  ({
    positive: { variant: "filled" },
    neutral: { variant: "default" },
    negative: { variant: "outline", color: "danger" },
  })[tone];

/** What the applicant has handed in; undefined before that, and where nothing is. */
export const applicationIn = ({ sheets }: CaseDetails) =>
  sheets.find(({ stage, state }) => stage === "" && state === "submitted");

const ORDER = { positive: 0, neutral: 1, negative: 2 } as const;

/** What may be done or is still in the way, the good way first; not what stands beside the questions of opinions. */
export function actionsIn(matter: CaseDetails): readonly CaseAction[] {
  const beside = actsOfOpinions(matter);
  return matter.actions
    .filter((one) => !beside.has(one.action))
    .toSorted((one, other) => ORDER[one.tone] - ORDER[other.tone]);
}

/** The one step that leads on: handing in what was filled in, the only good way out of the stage, or the only way. */
export function nextIn(matter: CaseDetails): CaseAction | undefined {
  const handing = matter.actions.find((one) => one.kind === "act" && one.completes_form && one.blocked === null);
  if (handing) {
    return handing;
  }
  const ways = actionsIn(matter).filter(({ kind, blocked }) => kind === "transition" && blocked === null);
  const good = ways.filter(({ tone }) => tone === "positive");
  return good.length === 1 ? good[0] : ways.length === 1 && ways[0]?.tone === "neutral" ? ways[0] : undefined;
}

/** What this person has to fill in before anything else can be done. */
export const unfilledIn = ({ sheets }: CaseDetails) =>
  sheets.find(({ can_fill, is_complete }) => can_fill && !is_complete);

/** How a button looks among others that may be pressed too: the primary colour is kept for the next step. */
export const quietLookOf = (tone: CaseAction["tone"]) =>
  tone === "negative" ? lookOf(tone) : ({ variant: "default" } as const);

/** Where a sheet is filled in; an officer's with the application beside it. */
export function addressOf(sheet: CaseDetails["sheets"][number], matter: CaseDetails): string {
  const application = applicationIn(matter);
  const beside = application && application !== sheet && matter.is_from_office ? `?beside=${application.id}` : "";
  return `/forms/sheets/${sheet.id}${beside}`;
}
