import { describe, expect, it } from "vitest";
import {
  counted,
  dueFrom,
  formatDate,
  formatDateTime,
  formatMoney,
  formatNumber,
  formatSize,
  plural,
  unbroken,
} from "@/ui/format";

const jednostki = (count: number) => plural(count, "jednostka", "jednostki", "jednostek");

describe("plural", () => {
  it.each([
    [0, "jednostek"],
    [1, "jednostka"],
    [2, "jednostki"],
    [4, "jednostki"],
    [5, "jednostek"],
    [11, "jednostek"],
    [12, "jednostek"],
    [14, "jednostek"],
    [21, "jednostek"],
    [22, "jednostki"],
    [101, "jednostek"],
    [112, "jednostek"],
    [122, "jednostki"],
  ])("gives the Polish form after %i", (count, form) => {
    expect(jednostki(count)).toBe(form);
  });

  it("is written with its number", () => {
    expect(counted(1219, "jednostka", "jednostki", "jednostek")).toBe("1\u00a0219 jednostek");
  });
});

describe("dates", () => {
  it("writes a day as it is, whatever the time zone", () => {
    expect(formatDate("2026-11-03")).toBe("03.11.2026");
  });

  it("writes a moment as the clocks in Poland show it, in winter and in summer", () => {
    expect(formatDateTime("2026-11-23T23:30:00Z")).toBe("24.11.2026, 00:30");
    expect(formatDateTime("2026-07-01T12:05:00Z")).toBe("01.07.2026, 14:05");
  });
});

describe("numbers", () => {
  it("writes money with a comma, a space in the thousands and zł", () => {
    expect(formatMoney("12345.67")).toBe("12\u00a0345,67\u00a0zł");
    expect(formatMoney(1234)).toBe("1\u00a0234,00\u00a0zł");
    expect(formatMoney("-0.5")).toBe("-0,50\u00a0zł");
  });

  it("groups thousands also in numbers of four digits", () => {
    expect(formatNumber(1200)).toBe("1\u00a0200");
  });

  it.each([
    [0, "0\u00a0B"],
    [999, "999\u00a0B"],
    [1500, "1,5\u00a0kB"],
    [500_000_000, "500\u00a0MB"],
    [2_340_000_000, "2,3\u00a0GB"],
  ])("writes %i bytes as people count them", (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });
});

describe("a deadline", () => {
  const now = new Date("2026-11-23T11:00:00Z"); // 12:00 in Poland

  it.each([
    ["2026-11-23T13:00:00Z", "dziś do 14:00", "soon"],
    ["2026-11-24T07:00:00Z", "jutro do 08:00", "soon"],
    ["2026-11-25T23:30:00Z", "za 3 dni", "later"],
    ["2026-11-25T12:00:00Z", "za 2 dni", "soon"],
    ["2026-12-14T12:00:00Z", "za 21 dni", "later"],
    ["2026-11-23T10:59:00Z", "po terminie od dziś", "past"],
    ["2026-11-22T22:59:00Z", "po terminie o 1 dzień", "past"],
    ["2026-11-21T12:00:00Z", "po terminie o 2 dni", "past"],
  ])("%s is told as „%s”", (due, text, urgency) => {
    expect(dueFrom(due, now)).toEqual({ text, urgency });
  });
});

it("keeps a number with the short word before it, and leaves other breaks", () => {
  expect(unbroken("Ogród zmysłów, SP 10 (SP 1, nr 7) od 3 dni")).toBe(
    "Ogród zmysłów, SP\u00a010 (SP\u00a01, nr\u00a07) od\u00a03 dni",
  );
  expect(unbroken("Budynek 2")).toBe("Budynek 2");
  expect(unbroken(null)).toBeNull();
});
