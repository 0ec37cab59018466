import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type Drawing, drawingOf, graphOf } from "./boardLayout";
import type { Draft } from "./draft";
import { arranged } from "./layoutEngine";

/** Where everything of the draft stands; what was drawn before stays until the new drawing is there. */
export function useDrawing(draft: Draft): { drawing: Drawing | undefined; hasFailed: boolean; again: () => void } {
  const graph = graphOf(draft);
  const { data, isError, refetch } = useQuery({
    queryKey: ["procedures", "board", graph],
    queryFn: async () => drawingOf(await arranged(graph)),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return { drawing: data, hasFailed: isError, again: () => void refetch() };
}
