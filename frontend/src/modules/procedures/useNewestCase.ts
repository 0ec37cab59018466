import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Refreshing } from "@/api/refreshing";
import { type CaseDetails, PROCEDURES } from "./nouns";

/** What depends on a case and is read again after a step of it, also after one that somebody overtook. */
export const AFTER_A_STEP = {
  refreshes: [PROCEDURES, "/api/v1/forms/sheets/{id}/"],
  isRereadWhenRefused: true,
} satisfies Refreshing;

/** After a step: the newest case is shown at once. */
export function useNewestCase(id: string): (newest: CaseDetails) => void {
  const cache = useQueryClient();
  const { queryKey } = api.queryOptions("get", "/api/v1/procedures/cases/{id}/", { params: { path: { id } } });
  return (newest) => cache.setQueryData(queryKey, newest);
}
