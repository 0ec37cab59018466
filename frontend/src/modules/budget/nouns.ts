import type { Schemas } from "@/api/client";

/** Where the API of this module lives; with it queries are refreshed and addresses of files are made. */
export const BUDGET = "/api/v1/budget/";

export type Pot = Schemas["PotOut"];
export type Figures = Schemas["FiguresOut"];
export type Entry = Schemas["EntryOut"];
export type Classification = Schemas["ClassificationOut"];
export type YearFigures = Schemas["YearFiguresOut"];

export const ENTRY_KINDS: Record<Entry["kind"], string> = {
  planned: "plan",
  asked: "wnioskowano",
  reserved: "rezerwacja",
  granted: "przyznano",
  released: "zwolniono",
  paid: "wypłacono",
  invoiced: "zafakturowano",
  settled: "rozliczono",
  returned: "zwrócono",
};
