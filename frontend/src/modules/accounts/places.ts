import { useQuery } from "@tanstack/react-query";
import { api, bodyOf, http } from "@/api/client";
import { allUnits } from "@/api/units";
import type { Choice } from "@/ui/ChoiceField";
import { byPolish } from "@/ui/polish";

/** Where a role counts: the whole city (no id), or one place of a kind. */
export interface Place {
  kind: string;
  id: string | null;
}

export const WHOLE_CITY: Place = { kind: "city", id: null };

/** Not chosen yet. A role that counts in the whole city is never what somebody gets by not looking. */
export const NO_PLACE: Place = { kind: "", id: null };

/** A place that can be sent: of any kind but the city it must be named. */
export const isNamed = ({ kind, id }: Place): boolean => kind === WHOLE_CITY.kind || id !== null;

const ADDRESSES: Record<string, string> = { unit: "/directory/units", group: "/directory/groups" };

/** The screen of a place, where there is one. */
export const addressOf = ({ kind, id }: Place): string | undefined =>
  ADDRESSES[kind] && id ? `${ADDRESSES[kind]}/${id}` : undefined;

/** Where one may give roles, or ask people in: everywhere, or in the places that it names. */
export function usePlacesInHand(isInviting: boolean) {
  const { data } = api.useSuspenseQuery("get", "/api/v1/accounts/places-in-hand/", {
    params: { query: { is_inviting: isInviting } },
  });
  const [first] = data.places;
  const start: Place = first ? { kind: first.kind, id: first.id } : NO_PLACE;
  return { ...data, start };
}

/** The kinds of places of this city, each with its Polish name. */
export const useScopeKinds = () => api.useQuery("get", "/api/v1/accounts/scopes/", {}, { staleTime: 5 * 60_000 });

/** What can be chosen of one kind; nothing is asked for the whole city. */
export const usePlaces = (kind: string) =>
  useQuery({
    queryKey: ["get", "/api/v1/directory/", "places", kind],
    queryFn: () => placesOf(kind),
    enabled: kind !== WHOLE_CITY.kind && kind !== NO_PLACE.kind,
    staleTime: 60_000,
  });

async function placesOf(kind: string): Promise<Choice[]> {
  switch (kind) {
    case "unit":
      return (await allUnits()).map(({ id, short_name, name }) => ({ value: id, label: `${short_name}, ${name}` }));
    case "section":
      return named(bodyOf(await http.GET("/api/v1/directory/sections/")));
    case "kind":
      return named(bodyOf(await http.GET("/api/v1/directory/kinds/")));
    case "group": {
      const query = { page_size: 500 };
      return named(bodyOf(await http.GET("/api/v1/directory/groups/", { params: { query } })).results);
    }
    default:
      return [];
  }
}

const named = (found: readonly { id: string; name: string }[]): Choice[] =>
  found.map(({ id, name }) => ({ value: id, label: name })).toSorted((a, b) => byPolish(a.label, b.label));
