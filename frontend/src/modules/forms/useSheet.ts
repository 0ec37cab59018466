import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { api, bodyOf, http, seen } from "@/api/client";
import type { Answers } from "@/ui/filling/definition";
import { asProjection } from "@/ui/filling/projection";
import type { Sheet } from "./nouns";
import { SheetKeeper, type SheetNow } from "./SheetKeeper";
import { shelfOf } from "./shelf";

export const SHEET = "/api/v1/forms/sheets/{id}/";

const nowOf = ({ answers, draft_version, projection }: Sheet): SheetNow => ({
  answers: answers as Answers,
  draft_version,
  projection: asProjection(projection),
});

/** The answers of a sheet in hand, saved by themselves; see SheetKeeper for what becomes of them without a network. */
export function useSheet(sheet: Sheet, person: string) {
  const cache = useQueryClient();
  const [keeper] = useState(() => {
    const params = { path: { id: sheet.id } };
    const { queryKey } = api.queryOptions("get", SHEET, { params });
    const server = {
      save: async (changes: Answers, draft_version: number) => {
        const header = seen(draft_version);
        const saved = bodyOf(
          await http.PATCH(SHEET, { params: { ...params, header }, body: { changes: { ...changes } } }),
        );
        cache.setQueryData<Sheet>(
          queryKey,
          (before) => before && { ...before, ...saved, answers: { ...before.answers, ...changes } },
        );
        return { draft_version: saved.draft_version, projection: asProjection(saved.projection) };
      },
      read: async () => nowOf(bodyOf(await http.GET(SHEET, { params }))),
    };
    return new SheetKeeper(nowOf(sheet), server, shelfOf(person, sheet.id));
  });
  const state = useSyncExternalStore(keeper.subscribe, () => keeper.state);

  useEffect(() => {
    keeper.start();
    return () => keeper.stop();
  }, [keeper]);

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (keeper.isDirty) {
        event.preventDefault();
      }
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [keeper]);

  return { ...state, keeper };
}
