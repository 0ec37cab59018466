import { useEffect, useRef, useState } from "react";

export type AutosaveState = "clean" | "waiting" | "saving" | "saved" | "failed";

export interface Autosave {
  state: AutosaveState;
  /** Why the last attempt failed. */
  error: unknown;
  /** Saves what is unsaved now; resolves when all is saved, rejects with the refusal. For the button that sends. */
  flush: () => Promise<void>;
}

/**
 * Saves a draft by itself, `delayMs` after the last change, one request at a time: what changes while one runs is saved after it.
 * The first value counts as saved. A failure is tried again with the next change; closing the tab with unsaved text asks first.
 */
export function useAutosave<T>(value: T, save: (value: T) => Promise<unknown>, delayMs = 1200): Autosave {
  const [state, setState] = useState<AutosaveState>("clean");
  const [error, setError] = useState<unknown>(null);
  const newest = useRef({ value, save });
  const savedAs = useRef(JSON.stringify(value));
  const running = useRef<Promise<void> | null>(null);
  const asText = JSON.stringify(value);

  useEffect(() => {
    newest.current = { value, save };
  });

  const flushRef = useRef(async (): Promise<void> => {
    while (true) {
      if (running.current) {
        await running.current;
        continue;
      }
      const { value: current, save: keep } = newest.current;
      const text = JSON.stringify(current);
      if (text === savedAs.current) {
        return;
      }
      setState("saving");
      running.current = keep(current).then(() => {
        savedAs.current = text;
      }) as Promise<void>;
      try {
        await running.current;
        setError(null);
        setState("saved");
      } catch (reason) {
        setError(reason);
        setState("failed");
        throw reason;
      } finally {
        running.current = null;
      }
    }
  });

  useEffect(() => {
    if (asText === savedAs.current) {
      return;
    }
    setState((before) => (before === "saving" ? before : "waiting"));
    const timer = setTimeout(() => {
      flushRef.current().catch(() => undefined); // told through `error`
    }, delayMs);
    return () => clearTimeout(timer);
  }, [asText, delayMs]);

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (JSON.stringify(newest.current.value) !== savedAs.current) {
        event.preventDefault();
      }
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, []);

  return { state, error, flush: flushRef.current };
}
