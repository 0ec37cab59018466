import type { Shelf, Unsent } from "./SheetKeeper";

const PREFIX = "opium.sheet.";

/** Unsent answers of one person to one sheet, in this browser, until the server has them. */
export function shelfOf(person: string, sheet: string): Shelf {
  const key = `${PREFIX}${person}.${sheet}`;
  return {
    read: () => {
      try {
        const kept = localStorage.getItem(key);
        return kept === null ? null : (JSON.parse(kept) as Unsent);
      } catch {
        return null; // storage is switched off in this browser: the changes live as long as the page
      }
    },
    write: (unsent) => {
      try {
        if (unsent === null) {
          localStorage.removeItem(key);
        } else {
          localStorage.setItem(key, JSON.stringify(unsent));
        }
      } catch {
        // as above, or the storage is full
      }
    },
  };
}
