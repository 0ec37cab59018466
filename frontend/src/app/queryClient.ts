import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";

/** Reads are tried three times when the network fails; writes once, at once, so that a person is told and decides. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        networkMode: "always",
        retry: (failures, error) => failures < 2 && asProblem(error).isPassing,
      },
      mutations: { networkMode: "always" },
    },
  });
