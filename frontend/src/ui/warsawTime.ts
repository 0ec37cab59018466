import dayjs from "dayjs";
import timezone from "dayjs/plugin/timezone";
import utc from "dayjs/plugin/utc";

dayjs.extend(utc);
dayjs.extend(timezone);

const ZONE = "Europe/Warsaw";

/** A moment as the clocks in Poland show it: the day ("2026-11-23") and the hour ("14:05"). */
export function inWarsaw(moment: string): { day: string; hour: string } {
  const there = dayjs(moment).tz(ZONE);
  return { day: there.format("YYYY-MM-DD"), hour: there.format("HH:mm") };
}

/** The moment (ISO 8601, UTC) when the clocks in Poland show this day and hour. */
export const fromWarsaw = (day: string, hour: string): string => dayjs.tz(`${day} ${hour}`, ZONE).toISOString();

/** The day typed by a Pole: "23.11.2026", "23.11.26", "3-1-2027" or "2026-11-23", as "2026-11-23"; null when it is none. */
export function parseDay(text: string): string | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  const polish = /^(\d{1,2})[.\-/ ](\d{1,2})[.\-/ ](\d{2}|\d{4})$/.exec(text.trim());
  const [year, month, day] = iso ? iso.slice(1) : polish ? polish.slice(1).reverse() : [];
  if (!year || !month || !day) {
    return null;
  }
  const full = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const parsed = new Date(`${full}T00:00:00Z`);
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== full ? null : full;
}

/** The hour typed: "14:05", "14.05", "9" or "1405", as "14:05"; null when it is none. */
export function parseHour(text: string): string | null {
  const found = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(text.trim());
  const hour = Number(found?.[1]);
  const minute = Number(found?.[2] ?? 0);
  if (!found || hour > 23 || minute > 59) {
    return null;
  }
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
