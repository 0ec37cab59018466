import { api } from "@/api/client";
import { useSession } from "@/api/session";
import type { Stage } from "./draft";

/** The pots that a stage can name by their codes, each once; with those that it names already. */
export function useCityPots(stage: Stage): { key: string; label: string }[] {
  const { may } = useSession();
  const { data } = api.useQuery(
    "get",
    "/api/v1/budget/pots/",
    { params: { query: { page_size: 500 } } },
    { enabled: may("budget.view_pots"), staleTime: 60_000 },
  );
  const found = new Map((data?.results ?? []).map(({ code, name }) => [code, `${name} (${code})`]));
  const rows: unknown = stage.parameters.pots;
  for (const row of found.size > 0 && Array.isArray(rows) ? rows : []) {
    if (typeof row?.pot === "string" && row.pot !== "" && !found.has(row.pot)) {
      found.set(row.pot, `${row.pot} (nie ma jej w budżecie)`);
    }
  }
  return [...found].map(([key, label]) => ({ key, label }));
}
