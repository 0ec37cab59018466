import { api } from "@/api/client";
import { type Draft, functionName, type Stage } from "./draft";
import type { Effect, StageKind } from "./nouns";

/** What the code of this installation knows: kinds of stages and effects of transitions. */
export interface Vocabulary {
  kinds: readonly StageKind[];
  effects: readonly Effect[];
  kind: (code: string) => StageKind | undefined;
  /** Who acts in a stage, in words. */
  whoOf: (draft: Draft, stage: Stage) => string;
}

const FOR_AN_HOUR = { staleTime: 3_600_000 };

export function useVocabulary(): Vocabulary {
  const { data: kinds } = api.useSuspenseQuery("get", "/api/v1/procedures/kinds/", {}, FOR_AN_HOUR);
  const { data: effects } = api.useSuspenseQuery("get", "/api/v1/procedures/effects/", {}, FOR_AN_HOUR);
  const kind = (code: string) => kinds.find((one) => one.code === code);
  return {
    kinds,
    effects,
    kind,
    whoOf: (draft, stage) => {
      if (kind(stage.kind)?.ends) {
        return "koniec sprawy";
      }
      return stage.function === "" ? "nikt nie działa" : functionName(draft, stage.function);
    },
  };
}
