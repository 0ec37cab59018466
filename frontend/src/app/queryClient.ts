import { MutationCache, QueryClient } from "@tanstack/react-query";
import { underPath } from "@/api/client";
import { asProblem } from "@/api/problem";

/**
 * Reads are tried three times when the network fails; writes once, at once, so that a person is told and decides. Any
 * deed may end what waits for somebody: the desk is read anew after each.
 */
export const createQueryClient = (): QueryClient => {
  const client: QueryClient = new QueryClient({
    mutationCache: new MutationCache({
      onSuccess: () => void client.invalidateQueries({ predicate: underPath("/api/v1/todo/") }),
    }),
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
