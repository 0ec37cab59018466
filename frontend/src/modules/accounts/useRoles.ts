import { api } from "@/api/client";

/** Every role of the city in Polish order: there are tens of them, so one page holds them all. */
export const useRoles = () =>
  api.useQuery(
    "get",
    "/api/v1/accounts/roles/",
    { params: { query: { page_size: 500 } } },
    { staleTime: 60_000, select: ({ results }) => results },
  );
