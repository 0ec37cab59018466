import { useReducer } from "react";

const MOST_STEPS = 100;
const SAME_EDIT_MS = 1500;

interface Step<T> {
  value: T;
  /** The person's words for what was undone: "usunięcie pytania „Tytuł”". */
  what: string;
}

interface Steps<T> {
  past: readonly Step<T>[];
  present: T;
  future: readonly Step<T>[];
  /** Which edit came last and when: typing on in the same place is one step. */
  last: { what: string; at: number };
}

type Act<T> =
  | { type: "edit"; value: T; what: string; at: number }
  | { type: "undo" | "redo" }
  | { type: "set"; value: T };

export function step<T>(history: Steps<T>, act: Act<T>): Steps<T> {
  const { past, present, future, last } = history;
  switch (act.type) {
    case "set":
      return { past: [], present: act.value, future: [], last: { what: "", at: 0 } };
    case "edit": {
      if (act.value === present) {
        return history;
      }
      const isSame = act.what === last.what && act.at - last.at < SAME_EDIT_MS && past.length > 0;
      return {
        past: isSame ? past : [...past, { value: present, what: act.what }].slice(-MOST_STEPS),
        present: act.value,
        future: [],
        last: { what: act.what, at: act.at },
      };
    }
    case "undo": {
      const before = past.at(-1);
      return before
        ? {
            past: past.slice(0, -1),
            present: before.value,
            future: [...future, { value: present, what: before.what }],
            last: { what: "", at: 0 },
          }
        : history;
    }
    case "redo": {
      const after = future.at(-1);
      return after
        ? {
            past: [...past, { value: present, what: after.what }],
            present: after.value,
            future: future.slice(0, -1),
            last: { what: "", at: 0 },
          }
        : history;
    }
  }
}

/** A value with the way back. Edits of the same name close to each other are one step of it. */
export function useHistory<T>(initial: T) {
  const [history, act] = useReducer(step<T>, {
    past: [],
    present: initial,
    future: [],
    last: { what: "", at: 0 },
  });
  return {
    present: history.present,
    /** What going back would take back; null when there is nothing. */
    undoable: history.past.at(-1)?.what ?? null,
    redoable: history.future.at(-1)?.what ?? null,
    edit: (value: T, what: string) => act({ type: "edit", value, what, at: Date.now() }),
    undo: () => act({ type: "undo" }),
    redo: () => act({ type: "redo" }),
    /** Another value altogether (somebody else's draft), with no way back to this one. */
    set: (value: T) => act({ type: "set", value }),
  };
}

export type History<T> = ReturnType<typeof useHistory<T>>;
