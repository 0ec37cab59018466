import { formatDate } from "@/ui/format";

/** "od 01.09.2026 do 31.08.2027"; an open end is left out, and without both it is "bezterminowo". */
export function period(from: string | null, to: string | null): string {
  const parts = [from && `od ${formatDate(from)}`, to && `do ${formatDate(to)}`].filter(Boolean);
  return parts.join(" ") || "bezterminowo";
}

/** Today in Poland, as the API writes days. */
export const today = (now: Date = new Date()): string => formatDate(now.toISOString()).split(".").reverse().join("-");
