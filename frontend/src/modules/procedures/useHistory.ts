import { useState } from "react";

interface Steps<T> {
  before: readonly T[];
  now: T;
  after: readonly T[];
  /** When the last change came. */
  at: number;
}

export interface History<T> {
  now: T;
  change: (next: T) => void;
  undo: (() => void) | null;
  redo: (() => void) | null;
}

const MOST = 100;
/** Changes closer together than this are one step: a word, not its letters. */
const ONE_STEP_MS = 800;

/** A value that remembers what it was, for taking changes back. */
export function useHistory<T>(initial: T): History<T> {
  const [{ before, now, after }, setSteps] = useState<Steps<T>>({ before: [], now: initial, after: [], at: 0 });
  const last = before.at(-1);
  const next = after[0];
  return {
    now,
    change: (value) =>
      setSteps((steps) => {
        const at = Date.now();
        const isSameStep = at - steps.at < ONE_STEP_MS && steps.before.length > 0;
        return {
          before: isSameStep ? steps.before : [...steps.before, steps.now].slice(-MOST),
          now: value,
          after: [],
          at,
        };
      }),
    undo:
      last === undefined
        ? null
        : () => setSteps({ before: before.slice(0, -1), now: last, after: [now, ...after], at: 0 }),
    redo:
      next === undefined ? null : () => setSteps({ before: [...before, now], now: next, after: after.slice(1), at: 0 }),
  };
}
