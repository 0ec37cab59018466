import { type Mutation, MutationCache, type QueryClient } from "@tanstack/react-query";
import { underPath } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { paths } from "@/api/schema";

type ModulePath<Path> = Path extends `/api/v1/${infer Module}/${string}` ? `/api/v1/${Module}/` : never;

/** Addresses of the API under which everything that is shown is read again. */
export type Place = keyof paths | ModulePath<keyof paths>;

/** What a mutation declares, as its `meta`, when its own module is not what has to be read again after it. */
export type Refreshing = {
  /** In place of the module of the operation. Empty: nothing is read again, not even the desk. */
  refreshes?: readonly Place[];
  /** The screen goes on to what it changed: all is read before the mutation's own `onSuccess`, not after it. */
  isRereadFirst?: boolean;
  /** Somebody may have been faster: read again after a refusal too, unless it names fields of the form. */
  isRereadWhenRefused?: boolean;
};

declare module "@tanstack/react-query" {
  interface Register {
    mutationMeta: Refreshing;
  }
}

/** Any deed may end what waits for somebody. */
const DESK = "/api/v1/todo/";

/** Of a mutation of `api`, whose key is its method and its path; others have to declare what they refresh. */
function moduleOf(key: readonly unknown[] | undefined): readonly string[] {
  const path = key?.[1];
  return typeof path === "string" ? (/^\/api\/v1\/[^/]+\//.exec(path) ?? []) : [];
}

/**
 * Reads again, after each mutation, what it may have changed. The mutation's own `onSuccess` has ended by then (unless
 * it wants to find everything read), so a screen that leaves what it has just removed never asks for it; the mutation
 * is pending until all is read.
 */
export function refreshingCache(client: () => QueryClient): MutationCache {
  const reread = async ({ meta, options }: Pick<Mutation<unknown, unknown, unknown>, "meta" | "options">) => {
    if (meta?.refreshes?.length === 0) {
      return;
    }
    const places = [...(meta?.refreshes ?? moduleOf(options.mutationKey)), DESK];
    await client().invalidateQueries({ predicate: (query) => places.some((place) => underPath(place)(query)) });
  };
  return new MutationCache({
    onSuccess: async (_data, _variables, _context, mutation) => {
      if (mutation.meta?.isRereadFirst) {
        await reread(mutation);
      }
    },
    onSettled: async (_data, error, _variables, _context, mutation) => {
      const { meta } = mutation;
      const isOvertaken = error ? asProblem(error).code === "changed_meanwhile" : false; // the form shows both
      const isRefused = meta?.isRereadWhenRefused && asProblem(error).fields.length === 0;
      const isRead = error ? isOvertaken || isRefused : !meta?.isRereadFirst;
      if (isRead) {
        await reread(mutation);
      }
    },
  });
}
