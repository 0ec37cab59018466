import { useMemo } from "react";
import { api, type Schemas } from "@/api/client";
import { whileRunning } from "@/api/polling";
import { Problem } from "@/api/problem";

type FileMaking = Schemas["FileMakingOut"];

const isRunning = ({ state }: FileMaking) => state === "waiting" || state === "running";

/** The mutation by which it is asked for. */
interface Asking {
  data: { id: string } | undefined;
  error: unknown;
  isPending: boolean;
}

interface Making {
  /** What was made; undefined until it is. */
  made: FileMaking | undefined;
  isUnderWay: boolean;
  /** Why it could not be asked for or made. */
  error: unknown;
}

/** What the server makes in the background for this person: a print, a preview. Asked after until it is there. */
export function useMaking({ data: begun, error, isPending }: Asking): Making {
  const found = api.useQuery(
    "get",
    "/api/v1/files/makings/{id}/",
    { params: { path: { id: begun?.id ?? "" } } },
    { enabled: begun !== undefined, gcTime: 0, retry: false, refetchInterval: whileRunning(isRunning, 300) },
  );
  const making = begun && found.data;
  const failure = making?.state === "failed" ? making.failure : undefined;
  const failed = useMemo(() => (failure === undefined ? null : new Problem(422, "not_made", failure)), [failure]);
  return {
    made: making?.state === "done" ? making : undefined,
    isUnderWay: isPending || (begun !== undefined && !found.error && (making === undefined || isRunning(making))),
    error: error ?? (begun && found.error) ?? failed,
  };
}
