import { type Draft, stageOf, transitionOf, type Way } from "./draft";

/** What of a procedure is looked at beside the board or the outline. */
export type Chosen = { kind: "stage"; key: string } | ({ kind: "transition" } & Way);

/** The choice while what was chosen exists; else none. */
export function stillThere(draft: Draft, chosen: Chosen | null): Chosen | null {
  if (chosen === null) {
    return null;
  }
  const found = chosen.kind === "stage" ? stageOf(draft, chosen.key) : transitionOf(draft, chosen);
  return found ? chosen : null;
}
