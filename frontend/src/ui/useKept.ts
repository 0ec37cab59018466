import { useState } from "react";

const PREFIX = "opium.form.";

function read<T>(key: string): T | undefined {
  try {
    const kept = sessionStorage.getItem(PREFIX + key);
    return kept === null ? undefined : (JSON.parse(kept) as T);
  } catch {
    return undefined; // storage is switched off in this browser, or holds something else
  }
}

function write(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // as above, or the storage is full
  }
}

/**
 * A form's fields that outlive its screen: kept in this tab with each change, until they are forgotten (once they were
 * saved) or the person signs out. Never for passwords. With the key null they are kept nowhere.
 */
export function useKept<T extends object>(key: string | null, usual: T) {
  const [fields, setFields] = useState<T>(() => ({ ...usual, ...(key === null ? undefined : read<T>(key)) }));
  return {
    fields,
    /** The fields as they are now, kept nowhere: nobody has typed them. */
    adopt: setFields,
    isKept: key !== null && read(key) !== undefined,
    change: (changes: Partial<T>) => {
      const next = { ...fields, ...changes };
      setFields(next);
      if (key !== null) {
        write(key, next);
      }
    },
    forget: () => key !== null && sessionStorage.removeItem(PREFIX + key),
  };
}

/** Everything that forms have kept in this tab, thrown away: somebody else may sit down next. */
export function forgetKept(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX)) {
      sessionStorage.removeItem(key);
    }
  }
}
