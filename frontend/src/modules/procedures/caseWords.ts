import { counted, formatDate } from "@/ui/format";
import type { Tone } from "@/ui/StatusBadge";
import type { Ball, CaseAction, CaseRow } from "./nouns";

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
