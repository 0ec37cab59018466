import { api, type Schemas } from "@/api/client";
import type { Column } from "@/ui/DataTable";
import type { TableState } from "@/ui/tableView";

export type KeptView = Schemas["KeptViewOut"];

export const VIEWS = "/api/v1/accounts/account/views/";
const NONE: readonly string[] = [];
/** What is done with a row stands at its end, whatever else is shown. */
export const DEEDS = "actions";

type Columns<Row> = readonly [Column<Row>, ...Column<Row>[]];

/** What a choice of columns has to know of each. */
export type Choosable = readonly Pick<Column<never>, "id" | "header" | "isExtra">[];

export interface KeptViews {
  /** How the columns stand: their ids in order, a minus before those left out; none, as the list comes. */
  columns: readonly string[];
  /** Those with a name. */
  views: readonly KeptView[];
  chosen: KeptView | undefined;
}

/** How this person looks at the list. Until that is known, and where it cannot be read, as the list comes. */
export function useKeptViews(list: string, view: TableState): KeptViews {
  const { data } = api.useQuery("get", VIEWS, {}, { staleTime: Number.POSITIVE_INFINITY, retry: false });
  const own = data?.filter(({ screen }) => screen === list) ?? [];
  const chosen = own.find(({ id, name }) => id === view.kept && name !== "");
  const standing = chosen ?? own.find(({ name }) => name === "");
  return { columns: standing?.columns ?? NONE, views: own.filter(({ name }) => name !== ""), chosen };
}

export interface Place {
  id: string;
  header: string;
  isShown: boolean;
}

/** The columns after the first one, which names the row, as the person has them; those not spoken of as they come. */
export function placesOf(columns: Choosable, ids: readonly string[]): Place[] {
  const [, ...others] = columns.filter(({ id }) => id !== DEEDS);
  const bare = ids.map((id) => id.replace(/^-/, ""));
  const spokenOf = bare.flatMap((id) => others.filter((column) => column.id === id));
  const rest = others.filter(({ id }) => !bare.includes(id));
  return [...spokenOf, ...rest].map(({ id, header, isExtra }) => ({
    id,
    header,
    isShown: bare.includes(id) ? ids.includes(id) : !isExtra,
  }));
}

/** What is kept of the places; columns that this list does not have today stay as they were. */
export const idsOf = (places: readonly Place[], before: readonly string[]): string[] => {
  const here = new Set(places.map(({ id }) => id));
  return [
    ...places.map(({ id, isShown }) => (isShown ? id : `-${id}`)),
    ...before.filter((id) => !here.has(id.replace(/^-/, ""))),
  ];
};

/** The columns that are shown, in their order. */
export function arranged<Row>(columns: Columns<Row>, ids: readonly string[]): Columns<Row> {
  const shown = placesOf(columns, ids).filter(({ isShown }) => isShown);
  return [
    columns[0],
    ...shown.flatMap(({ id }) => columns.filter((column) => column.id === id)),
    ...columns.filter((column, place) => place > 0 && column.id === DEEDS),
  ];
}
