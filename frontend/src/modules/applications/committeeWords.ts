import { type Judgement, momentOf, type Sitting } from "./nouns";

export const STANDING_WORDS: Record<Judgement["standing"], string> = {
  waits: "jeszcze nie ocenia",
  scored: "ocena oddana",
  abstained: "wstrzymanie się",
  excluded: "wyłączenie",
};

/** "6.50" as people write it; what is not known yet leaves the cell empty. */
export const saidOf = (number: string | null | undefined): string | null =>
  number === null || number === undefined
    ? null
    : Number(number).toLocaleString("pl-PL", { minimumFractionDigits: 0, maximumFractionDigits: 2 });

/** From when until when somebody sits in the committee. */
export function sittingWhen({ from_at, to_at, is_now }: Sitting): string {
  const since = `od ${momentOf(from_at)}`;
  const until = to_at === null ? "" : ` do ${momentOf(to_at)}`;
  return `${since}${until}${is_now ? "" : " (teraz nie)"}`;
}
