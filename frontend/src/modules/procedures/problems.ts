import type { Chosen } from "./chosen";
import type { Draft } from "./draft";
import type { ProcedureProblem } from "./nouns";

/** What the server found wrong at one place of the document ("stages/2/form"), for the `error` of a field. */
export const faultAt = (problems: readonly ProcedureProblem[], path: string): string | undefined =>
  problems
    .filter((one) => one.path === path || one.path.startsWith(`${path}/`))
    .map(({ sentence }) => sentence)
    .join(" ") || undefined;

/** Keys of the stages that something is wrong with. */
export const faultyStages = (problems: readonly ProcedureProblem[]): ReadonlySet<string> =>
  new Set(problems.map(({ stage }) => stage).filter(Boolean));

/** What to open to mend it; null when it is about the procedure as a whole. */
export function placeOf(draft: Draft, { path, stage }: ProcedureProblem): Chosen | null {
  const [part, number = ""] = path.split("/");
  if (part === "transitions") {
    const way = draft.transitions[Number(number)] ?? draft.transitions.find(({ key }) => key === number);
    if (way) {
      return { kind: "transition", from: way.from, key: way.key };
    }
  }
  const found =
    part === "stages" ? (draft.stages[Number(number)] ?? draft.stages.find(({ key }) => key === stage)) : null;
  return found ? { kind: "stage", key: found.key } : null;
}
