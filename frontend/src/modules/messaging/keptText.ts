import { useState } from "react";

const PREFIX = "opium.answer.";

function read(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null; // storage is switched off in this browser: the text lives as long as the screen
  }
}

function write(key: string, text: string | null): void {
  try {
    if (text === null) {
      localStorage.removeItem(PREFIX + key);
    } else {
      localStorage.setItem(PREFIX + key, text);
    }
  } catch {
    // as above, or the storage is full
  }
}

/**
 * Text that outlives the screen: kept in this browser with each keystroke until it is forgotten (once it was sent).
 * `usual` stands where nothing was kept.
 */
export function useKeptText(key: string, usual: string) {
  const [text, setText] = useState(() => read(key) ?? usual);
  return {
    text,
    change: (next: string) => {
      setText(next);
      write(key, next);
    },
    forget: () => write(key, null),
  };
}
