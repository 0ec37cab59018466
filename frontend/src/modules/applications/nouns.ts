import type { Schemas } from "@/api/client";
import type { paths } from "@/api/schema";
import { formatDate } from "@/ui/format";
import type { Tone } from "@/ui/StatusBadge";

/** Where the API of this module lives; with it addresses of files are made. */
export const APPLICATIONS = "/api/v1/applications/";

export type Call = Schemas["CallDetailsOut"];
export type CallRow = Schemas["CallOut"];
export type Application = Schemas["ApplicationOut"];
export type OwnApplication = Schemas["OwnApplicationOut"];
export type RegisterRow = Schemas["RegisterRowOut"];
/** What narrows the register, as the API takes it. */
export type RegisterQuery = NonNullable<paths["/api/v1/applications/register/figures/"]["get"]["parameters"]["query"]>;
export type Opening = Schemas["OpeningOut"];
export type Place = Schemas["PlaceOut"];
export type Rules = Schemas["CallRulesShape"];
export type CommitteeRules = Schemas["CommitteeShape"];
export type Committee = Schemas["CommitteeDetailsOut"];
export type Sitting = Schemas["SittingOut"];
export type Matter = Schemas["MatterOut"];
export type Judgement = Schemas["JudgementOut"];
export type Recommendation = Schemas["RecommendationDetailsOut"];
export type Round = Schemas["RoundShape"];

export const PART_WORDS: Record<Sitting["sits_as"], string> = {
  chair: "przewodniczy",
  deputy: "zastępuje w przewodniczeniu",
  member: "ocenia",
  secretary: "sekretarz, nie ocenia",
};

export const CALL_STATES: Record<CallRow["state"], { text: string; tone: Tone }> = {
  draft: { text: "szkic", tone: "neutral" },
  published: { text: "ogłoszony", tone: "success" },
  closed: { text: "zamknięty", tone: "info" },
  settled: { text: "rozliczony", tone: "neutral" },
};

export const RECOMMENDATION_STATES: Record<Recommendation["state"], { text: string; tone: Tone }> = {
  recommended: { text: "rekomendowana", tone: "info" },
  approved: { text: "zatwierdzona", tone: "info" },
  decided: { text: "decyzja przygotowana", tone: "warning" },
  awarded: { text: "decyzja ogłoszona", tone: "success" },
  sent_back: { text: "zwrócona", tone: "neutral" },
};

/** Where a call stands now: one that is published takes applications only between its dates. */
export function stateOfCall({ state, opens_at, closes_at }: CallRow, now = new Date()): { text: string; tone: Tone } {
  if (state !== "published") {
    return CALL_STATES[state];
  }
  if (opens_at !== null && new Date(opens_at) > now) {
    return { text: "ogłoszony, jeszcze nie ruszył", tone: "info" };
  }
  if (closes_at !== null && new Date(closes_at) <= now) {
    return { text: "termin minął", tone: "warning" };
  }
  return { text: "trwa", tone: "success" };
}

const clock = new Intl.DateTimeFormat("pl-PL", {
  timeZone: "Europe/Warsaw",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** "15.12.2026, 15:00", with the second where there is one: the second decides. */
export function momentOf(moment: string | null): string {
  if (moment === null) {
    return "nie podano";
  }
  const hour = clock.format(new Date(moment));
  return `${formatDate(moment)}, ${hour.endsWith(":00") ? hour.slice(0, -3) : hour}`;
}

export const STANDINGS = [
  { value: "draft", label: "szkice" },
  { value: "running", label: "w toku" },
  { value: "positive", label: "załatwione pozytywnie" },
  { value: "negative", label: "załatwione odmownie" },
  { value: "withdrawn", label: "wycofane" },
] as const;

const MEANINGS: Record<string, { text: string; tone: Tone }> = {
  positive: { text: "pozytywnie", tone: "success" },
  negative: { text: "odmownie", tone: "danger" },
  withdrawn: { text: "wycofany", tone: "neutral" },
};

/** What came of an application, where something did; a draft says that it is one. */
export function resultOf({ meaning, is_draft }: Application): { text: string; tone: Tone } | null {
  return is_draft ? { text: "szkic", tone: "neutral" } : (MEANINGS[meaning] ?? null);
}

export const moverOf = ({ ball, state }: Application): string | null =>
  state === "closed" ? null : ball.who.length > 0 ? ball.who.join(", ") : null;

/** What stands beneath a call's title: its procedure and year, unless the title says them. */
export const underTitle = ({ title, procedure, year }: Pick<Call, "title" | "procedure" | "year">): string =>
  [!title.includes(procedure.name) && procedure.name, !title.includes(String(year)) && `${year} r.`]
    .filter(Boolean)
    .join(" · ");
