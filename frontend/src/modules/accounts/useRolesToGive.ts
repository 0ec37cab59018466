import { api } from "@/api/client";
import { isNamed, type Place } from "./places";

/** The roles that can be given in the place: what the server would refuse is not among them. */
export function useRolesToGive({ kind, id }: Place, isInviting = false) {
  return api.useQuery(
    "get",
    "/api/v1/accounts/roles/to-give/",
    { params: { query: { kind, is_inviting: isInviting, ...(id && { id }) } } },
    { staleTime: 60_000, enabled: isNamed({ kind, id }) },
  );
}

/** What to say beside the choice of a role while there is nothing to choose from. */
export function whyNoRoles(place: Place, roles: readonly unknown[] | undefined): string | undefined {
  if (!isNamed(place)) {
    return "Najpierw wskaż miejsce: od niego zależy, które role możesz nadać.";
  }
  return roles?.length === 0 ? "W tym miejscu nie możesz nadać żadnej roli." : undefined;
}
