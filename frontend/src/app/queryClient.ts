import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";
import { refreshingCache } from "@/api/refreshing";

/**
 * Reads are tried three times when the network fails; writes once, at once, so that a person is told and decides. What
 * a write changed is read again by itself.
 */
export const createQueryClient = (): QueryClient => {
  const client: QueryClient = new QueryClient({
    mutationCache: refreshingCache(() => client),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        networkMode: "always",
        retry: (failures, error) => failures < 2 && asProblem(error).isPassing,
      },
      mutations: { networkMode: "always" },
    },
  });
  return client;
};
