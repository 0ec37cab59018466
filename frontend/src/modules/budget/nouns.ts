import { useQueryClient } from "@tanstack/react-query";
import { type Schemas, underPath } from "@/api/client";

/** Where the API of this module lives; with it queries are refreshed and addresses of files are made. */
export const BUDGET = "/api/v1/budget/";

export type Pot = Schemas["PotOut"];
export type Figures = Schemas["FiguresOut"];
export type Entry = Schemas["EntryOut"];
export type Classification = Schemas["ClassificationOut"];
export type YearFigures = Schemas["YearFiguresOut"];

/** What is written down changes the sums of its pot, of the pot above it, of the year: all are asked anew. */
export function useRefreshBudget() {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ predicate: underPath(BUDGET) });
}

export const ENTRY_KINDS: Record<Entry["kind"], string> = {
  planned: "plan",
  asked: "wnioskowano",
  reserved: "rezerwacja",
  granted: "przyznano",
  released: "zwolniono",
  invoiced: "zafakturowano",
  settled: "rozliczono",
  returned: "zwrócono",
};
