/** Days as "2026-12-05", without hours: reckoned at noon UTC, so that no change of clocks moves one. */
const read = (day: string): Date => new Date(`${day}T12:00:00Z`);
const written = (moment: Date): string => moment.toISOString().slice(0, 10);

export const WEEKDAYS = [
  ["pn", "poniedziałek"],
  ["wt", "wtorek"],
  ["śr", "środa"],
  ["cz", "czwartek"],
  ["pt", "piątek"],
  ["so", "sobota"],
  ["nd", "niedziela"],
] as const;

const WEEK = WEEKDAYS.length;

/** So many days or months further; the 31st stays in the month, as its last day. */
export function moved(day: string, { days = 0, months = 0 }: { days?: number; months?: number }): string {
  const moment = read(day);
  if (months !== 0) {
    const wanted = moment.getUTCDate();
    moment.setUTCDate(1);
    moment.setUTCMonth(moment.getUTCMonth() + months);
    const last = new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + 1, 0)).getUTCDate();
    moment.setUTCDate(Math.min(wanted, last));
  }
  moment.setUTCDate(moment.getUTCDate() + days);
  return written(moment);
}

/** The whole weeks, from Monday, that a month ("2026-12") touches. */
export function weeksOf(month: string): readonly (readonly string[])[] {
  const first = `${month}-01`;
  const before = (read(first).getUTCDay() + WEEK - 1) % WEEK;
  const start = moved(first, { days: -before });
  const weeks: string[][] = [];
  for (let at = start; at.slice(0, 7) <= month; at = moved(at, { days: WEEK })) {
    weeks.push(Array.from({ length: WEEK }, (_, index) => moved(at, { days: index })));
  }
  return weeks;
}

export const dayOf = (day: string): number => read(day).getUTCDate();

const names = new Intl.DateTimeFormat("pl", { month: "long", year: "numeric", timeZone: "UTC" });
export const namedMonth = (month: string): string => names.format(read(`${month}-01`));
