import { useEffect, useReducer, useRef } from "react";
import { asProblem } from "@/api/problem";
import { type StoredFile, upload } from "@/api/upload";
import { formatSize } from "@/ui/format";

export interface Upload {
  key: string;
  source: File;
  /** How much was sent, from 0 to 1. */
  share: number;
  /** What holds up the server's check for malware, or "" while it goes on; null where none is under way. */
  check: string | null;
  /** What the server stored; null until it did. */
  stored: StoredFile | null;
  /** Why it was refused, a sentence; null while it is not. */
  refusal: string | null;
  /** True when sending the same file again can help. */
  isPassing: boolean;
}

export interface UploadLimits {
  /** Endings with the point: [".xlsx", ".ods"]; the server has the last word. */
  endings?: readonly string[];
  /** Bytes. */
  maxSize?: number;
}

export interface Uploads {
  list: readonly Upload[];
  /** The files that the server has, in the order in which they were chosen. */
  stored: readonly StoredFile[];
  isSending: boolean;
  add: (files: readonly File[]) => void;
  retry: (key: string) => void;
  remove: (key: string) => void;
  clear: () => void;
}

type Change =
  | { type: "added"; uploads: readonly Upload[] }
  | { type: "changed"; key: string; to: Partial<Upload> }
  | { type: "removed"; key: string }
  | { type: "cleared" };

function reduce(list: readonly Upload[], change: Change): readonly Upload[] {
  switch (change.type) {
    case "added":
      return [...list, ...change.uploads];
    case "changed":
      return list.map((one) => (one.key === change.key ? { ...one, ...change.to } : one));
    case "removed":
      return list.filter((one) => one.key !== change.key);
    case "cleared":
      return [];
  }
}

/** Why a file is not even sent; null when it may be. */
export function refusalOf(file: File, { endings, maxSize }: UploadLimits): string | null {
  if (file.size === 0) {
    return "Ten plik jest pusty. Zapisz go ponownie i wybierz jeszcze raz.";
  }
  if (maxSize !== undefined && file.size > maxSize) {
    return `Ten plik ma ${formatSize(file.size)}, a największy dopuszczalny ma ${formatSize(maxSize)}.`;
  }
  if (endings && !endings.some((ending) => file.name.toLowerCase().endsWith(ending))) {
    return `Tego rodzaju pliku nie można tu dodać. Dopuszczalne: ${endings.join(", ")}.`;
  }
  return null;
}

/** Files on their way to the server. Each starts at once; leaving the screen stops those that have not arrived. */
export function useUploads(limits: UploadLimits = {}, onStored?: (file: StoredFile) => void): Uploads {
  const [list, dispatch] = useReducer(reduce, []);
  const aborts = useRef(new Map<string, AbortController>());

  useEffect(() => {
    const running = aborts.current;
    return () => {
      for (const abort of running.values()) {
        abort.abort();
      }
    };
  }, []);

  const send = async (key: string, source: File) => {
    const abort = new AbortController();
    aborts.current.set(key, abort);
    dispatch({ type: "changed", key, to: { share: 0, check: null, refusal: null } });
    try {
      const change = (to: Partial<Upload>) => dispatch({ type: "changed", key, to });
      const stored = await upload(
        source,
        (share) => change({ share }),
        abort.signal,
        (check) => change({ share: 1, check }),
      );
      if (abort.signal.aborted) {
        return;
      }
      change({ share: 1, check: null, stored });
      onStored?.(stored);
    } catch (error) {
      if (!abort.signal.aborted) {
        const problem = asProblem(error);
        const detail = problem.fields[0]?.detail ?? problem.detail;
        dispatch({ type: "changed", key, to: { refusal: detail, isPassing: problem.isPassing } });
      }
    } finally {
      aborts.current.delete(key);
    }
  };

  const stop = (key: string) => aborts.current.get(key)?.abort();

  return {
    list,
    stored: list.flatMap((one) => (one.stored ? [one.stored] : [])),
    isSending: list.some((one) => one.stored === null && one.refusal === null),
    add: (files) => {
      const uploads = files.map((source) => ({
        key: crypto.randomUUID(),
        source,
        share: 0,
        check: null,
        stored: null,
        refusal: refusalOf(source, limits),
        isPassing: false,
      }));
      dispatch({ type: "added", uploads });
      for (const one of uploads.filter(({ refusal }) => refusal === null)) {
        void send(one.key, one.source);
      }
    },
    retry: (key) => {
      const one = list.find((candidate) => candidate.key === key);
      if (one) {
        void send(key, one.source);
      }
    },
    remove: (key) => {
      stop(key);
      dispatch({ type: "removed", key });
    },
    clear: () => {
      for (const { key } of list) {
        stop(key);
      }
      dispatch({ type: "cleared" });
    },
  };
}
