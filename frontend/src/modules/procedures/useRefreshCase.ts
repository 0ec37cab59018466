import { useQueryClient } from "@tanstack/react-query";
import { api, underPath } from "@/api/client";
import { type CaseDetails, PROCEDURES } from "./nouns";

/** After a step: the newest case is shown at once, everything that depends on it is read again. */
export function useRefreshCase(id: string): (newest: CaseDetails | null) => Promise<void> {
  const cache = useQueryClient();
  const { queryKey } = api.queryOptions("get", "/api/v1/procedures/cases/{id}/", { params: { path: { id } } });
  return async (newest) => {
    if (newest) {
      cache.setQueryData(queryKey, newest);
    }
    await Promise.all([
      cache.invalidateQueries({ predicate: underPath(PROCEDURES) }),
      cache.invalidateQueries({ predicate: underPath("/api/v1/forms/sheets/") }),
    ]);
  };
}
