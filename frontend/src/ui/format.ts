const ZONE = "Europe/Warsaw";
const NBSP = "\u00a0";

const dayParts = new Intl.DateTimeFormat("pl-PL", {
  timeZone: ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});
const timeParts = new Intl.DateTimeFormat("pl-PL", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });
const money = new Intl.NumberFormat("pl-PL", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  useGrouping: "always",
});
const whole = new Intl.NumberFormat("pl-PL", { maximumFractionDigits: 2, useGrouping: "always" });
const short = new Intl.NumberFormat("pl-PL", { maximumFractionDigits: 1 });

const isDay = (value: string) => /^\d{4}-\d{2}-\d{2}$/.test(value);

/** "23.11.2026", for a day ("2026-11-23") or a moment, as the clocks in Poland show it. */
export function formatDate(value: string): string {
  return isDay(value) ? value.split("-").reverse().join(".") : dayParts.format(new Date(value));
}

/** "23.11.2026, 14:05" */
export const formatDateTime = (moment: string): string => `${formatDate(moment)}, ${formatTime(moment)}`;

export const formatTime = (moment: string): string => timeParts.format(new Date(moment));

/** "12 345,67 zł"; the API gives money as text with a point, so that nothing is rounded on the way. */
export const formatMoney = (amount: string | number): string => `${spaced(money.format(Number(amount)))}${NBSP}zł`;

/** "12 345" */
export const formatNumber = (value: number): string => spaced(whole.format(value));

const spaced = (text: string) => text.replace(/\s/g, NBSP);

/** "1,2 MB"; thousands of bytes, as file managers count. */
export function formatSize(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${short.format(size)}${NBSP}${units[unit]}`;
}

/** Keeps a number on the line of the short word before it: "SP 1", "nr 7". */
export const unbroken = <Told>(told: Told): Told | string =>
  typeof told === "string" ? told.replace(/(?<!\S)([(„]?\p{L}{1,5}) (?=\d)/gu, `$1${NBSP}`) : told;

/** The form of a noun after a number: plural(5, "jednostka", "jednostki", "jednostek"). */
export function plural(count: number, one: string, few: string, many: string): string {
  if (count === 1) {
    return one;
  }
  const tens = Math.abs(count) % 100;
  const ones = tens % 10;
  return ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? few : many;
}

/** The number with its noun: "119 jednostek". */
export const counted = (count: number, one: string, few: string, many: string): string =>
  `${formatNumber(count)} ${plural(count, one, few, many)}`;

/** Days on the calendar in Poland from `from` to `to`: 1 for tomorrow, whatever the hour. */
function calendarDays(from: Date, to: Date): number {
  const [start, end] = [from, to].map((moment) => {
    const [day, month, year] = dayParts.format(moment).split(".").map(Number);
    return Date.UTC(year ?? 0, (month ?? 1) - 1, day);
  });
  return Math.round(((end ?? 0) - (start ?? 0)) / 86_400_000);
}

export interface Due {
  text: string;
  urgency: "past" | "soon" | "later";
}

/** How far a deadline is: "za 3 dni", "jutro do 12:00", "dziś do 14:00", "po terminie o 2 dni". Soon is within two days. */
export function dueFrom(moment: string, now: Date = new Date()): Due {
  const due = new Date(moment);
  const days = calendarDays(now, due);
  if (due <= now) {
    return {
      text: days === 0 ? "po terminie od dziś" : `po terminie o ${counted(-days, "dzień", "dni", "dni")}`,
      urgency: "past",
    };
  }
  if (days <= 1) {
    return { text: `${days === 0 ? "dziś" : "jutro"} do ${formatTime(moment)}`, urgency: "soon" };
  }
  return { text: `za ${counted(days, "dzień", "dni", "dni")}`, urgency: days <= 2 ? "soon" : "later" };
}
