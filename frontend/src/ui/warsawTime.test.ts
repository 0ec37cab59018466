import { expect, it } from "vitest";
import { fromWarsaw, inWarsaw, parseDay, parseHour } from "@/ui/warsawTime";

it("turns a day and an hour in Poland into the moment, in winter and in summer", () => {
  expect(fromWarsaw("2026-11-23", "15:00")).toBe("2026-11-23T14:00:00.000Z");
  expect(fromWarsaw("2026-07-01", "15:00")).toBe("2026-07-01T13:00:00.000Z");
});

it("turns the moment back into the same day and hour", () => {
  expect(inWarsaw("2026-11-23T23:30:00Z")).toEqual({ day: "2026-11-24", hour: "00:30" });
});

it.each([
  ["23.11.2026", "2026-11-23"],
  ["3.1.27", "2027-01-03"],
  ["3-1-2027", "2027-01-03"],
  ["2026-11-23", "2026-11-23"],
  ["31.02.2026", null],
  ["11/23/2026", null],
  ["jutro", null],
  ["", null],
])("reads the day „%s” as %s", (text, day) => {
  expect(parseDay(text)).toBe(day);
});

it.each([
  ["14:05", "14:05"],
  ["14.05", "14:05"],
  ["9", "09:00"],
  ["1405", "14:05"],
  ["24:00", null],
  ["12:60", null],
  ["rano", null],
])("reads the hour „%s” as %s", (text, hour) => {
  expect(parseHour(text)).toBe(hour);
});
