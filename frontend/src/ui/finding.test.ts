import { expect, it } from "vitest";
import { EXACT, ranked, rankOf } from "@/ui/finding";

const UNITS: [string, string][] = [
  ["SOSW 1", "Specjalny Ośrodek Szkolno-Wychowawczy nr 1"],
  ["SP 10", "Szkoła Podstawowa nr 10"],
  ["SP 2", "Szkoła Podstawowa nr 2"],
  ["SP 1", "Szkoła Podstawowa nr 1"],
  ["MDK", "Dom Kultury im. Łuczaka"],
];
const found = (search: string) =>
  ranked(UNITS, search, ([short, name]) => ({ names: [short], rest: name })).map(([short]) => short);

it("puts the very name first, then names that begin so, then beginnings of words, each in Polish order", () => {
  expect(found("SP 1")).toEqual(["SP 1", "SP 10", "SOSW 1"]);
  expect(found("sp")).toEqual(["SP 1", "SP 2", "SP 10", "SOSW 1"]);
  expect(found("podst  NR 2")).toEqual(["SP 2"]);
});

it("finds nothing by the inside of a word", () => {
  expect(found("zak")).toEqual([]);
  expect(found("uczak")).toEqual([]);
  expect(found("luczak")).toEqual(["MDK"]);
});

it("leaves everything as it stands while nothing is sought", () => {
  expect(found(" ")).toEqual(UNITS.map(([short]) => short));
});

it("calls only the whole name exact", () => {
  expect(rankOf("sp 1", { names: ["SP 1"] })).toBe(EXACT);
  expect(rankOf("podstawowki", { names: ["Szkoła podstawowa", "podstawówki"] })).toBe(EXACT);
  expect(rankOf("sp 1", { names: ["SP 10"] })).toBeGreaterThan(EXACT);
  expect(rankOf("sp 1", { names: ["SOSW 1"], rest: "Specjalny 1" })).toBeGreaterThan(EXACT);
});
