import { useEffect, useRef, useState } from "react";
import { api, type Schemas } from "@/api/client";
import { whileRunning } from "@/api/polling";
import { asProblem } from "@/api/problem";
import type { Place } from "@/api/refreshing";
import { type Uploads, useUploads } from "@/ui/useUploads";

export type FileReading = Schemas["FileReadingOut"];

const READINGS: Place = "/api/v1/files/readings/";
const isRunning = ({ state }: FileReading) => state === "waiting" || state === "running";

interface ReadingOptions {
  /** A name that the server knows: "accounts.invitations". */
  purpose: string;
  /** What the file is for, such as the id of a table; "" where the purpose says all. */
  about?: string;
  endings: readonly string[];
  /** Bytes. */
  maxSize?: number;
  /** Called once for each file that has been read, also one that was read while nobody was here. */
  onRead?: (file: string) => void;
  /** Called when another file is chosen, or the one that was there is let go. */
  onChange?: () => void;
}

export interface Reading {
  uploads: Uploads;
  /** The newest file's reading; undefined while there is none. */
  current: FileReading | undefined;
  /** The id of the file that has been read. */
  file: string | undefined;
  /** From the choice of a file until it has been read or refused. */
  isUnderWay: boolean;
  /** Why the server could not even be asked. */
  error: unknown;
  again: () => void;
  /** Lets go of the file, here and on the server. */
  forget: () => void;
  /** To be called once a deed has taken the file: nothing from before takes its place by itself. */
  finish: () => void;
}

/**
 * A file that the server reads in the background. The work is the server's: whoever reloads or comes back finds the
 * newest file of theirs for this purpose, read or being read.
 */
export function useReading({ purpose, about = "", endings, maxSize, onRead, onChange }: ReadingOptions): Reading {
  const meta = { refreshes: [READINGS] };
  const found = api.useQuery(
    "get",
    "/api/v1/files/readings/",
    { params: { query: { purpose, about } } },
    { refetchInterval: whileRunning((list: readonly FileReading[]) => list.some(isRunning), 400) },
  );
  const dropped = useRef(new Set<string>()); // a file may be let go before the server has answered that it reads it
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const release = api.useMutation("delete", "/api/v1/files/readings/{id}/", { meta });
  const letGo = (id: string) => release.mutate({ params: { path: { id } } });
  const begin = api.useMutation("post", "/api/v1/files/readings/", {
    meta,
    onSuccess: ({ id, file }) => {
      if (dropped.current.has(file.id)) {
        letGo(id);
      }
    },
  });
  const retry = api.useMutation("post", "/api/v1/files/readings/{id}/again/", { meta });
  const uploads = useUploads({ endings, maxSize }, (file) => begin.mutate({ body: { file: file.id, purpose, about } }));
  const chosen = uploads.stored.at(-1)?.id;
  const isChosenHere = uploads.list.length > 0;
  const current = found.data?.find(({ file }) => !hidden.has(file.id) && (!isChosenHere || file.id === chosen));
  const file = current?.state === "done" ? current.file.id : undefined;
  // A newer file lets go of the older on the server too, and may be faster.
  const kept = release.error && asProblem(release.error).status !== 404 ? release.error : null;
  const error = begin.error ?? retry.error ?? kept ?? (chosen ? found.error : null);

  const told = useRef({ file: "", choice: "" });
  useEffect(() => {
    if (file && told.current.file !== file) {
      told.current.file = file;
      onRead?.(file);
    }
  });
  const choice = uploads.list.map(({ key }) => key).join();
  useEffect(() => {
    if (told.current.choice !== choice) {
      told.current.choice = choice;
      onChange?.();
    }
  });

  const hideAll = () => {
    const known = [...(found.data ?? []).map((one) => one.file), ...uploads.stored];
    setHidden((before) => new Set([...before, ...known.map(({ id }) => id)]));
  };
  const drop = () => {
    const gone = current?.file.id ?? chosen;
    hideAll();
    if (gone && !dropped.current.has(gone)) {
      dropped.current.add(gone);
      if (current) {
        letGo(current.id);
      }
    }
  };
  const clear = () => {
    drop();
    uploads.clear();
  };

  const isAsked = chosen !== undefined && !current && !error;
  return {
    uploads: {
      ...uploads,
      remove: (key) => {
        drop();
        uploads.remove(key);
      },
      clear,
    },
    current,
    file,
    isUnderWay: uploads.isSending || isAsked || (current !== undefined && isRunning(current)),
    error,
    again: () => {
      if (kept && release.variables) {
        release.mutate(release.variables);
      } else if (current) {
        retry.mutate({ params: { path: { id: current.id } } });
      } else if (chosen) {
        begin.mutate({ body: { file: chosen, purpose, about } });
      }
    },
    forget: () => {
      clear();
      onChange?.();
    },
    finish: () => {
      hideAll();
      uploads.clear();
      told.current.choice = ""; // what the deed came to stays on the screen
    },
  };
}
