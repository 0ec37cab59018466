import { useSearchParams } from "react-router";

const PAGE_SIZE = 50;
/** Where the address names a kept view. */
const KEPT = "view";

export interface TableView<Filter extends string> {
  search: string;
  /** The column that the rows are sorted by, as the API names it; a minus in front means downwards. */
  ordering: string;
  page: number;
  pageSize: number;
  filters: Record<Filter, string | undefined>;
  /** How many filters narrow the list, beside the search. */
  used: number;
  /** True when anything narrows the list, so that an empty one is told apart from a list without rows. */
  isNarrowed: boolean;
  /** The part of the query that every list of the API takes. */
  query: { search?: string; ordering?: string; page: number; page_size: number };
  setSearch: (text: string) => void;
  setFilter: (name: Filter, value: string | null | undefined) => void;
  setOrdering: (ordering: string) => void;
  setPage: (page: number) => void;
  clear: () => void;
  /** The kept view that the address names; it may be nobody's any more. */
  kept: string | undefined;
  /** What narrows and orders the list now, as it can be kept under a name. */
  standing: Standing;
  /** Show the list as a kept view says, as far as the list knows its filters; null goes back to the whole list. */
  show: (view: ({ id: string } & Standing) | null) => void;
}

export interface Standing {
  ordering: string;
  filters: Record<string, string>;
}

/** The part that does not depend on which filters there are. */
export type TableState = Omit<TableView<string>, "filters" | "setFilter">;

interface TableViewOptions<Filter extends string> {
  filters?: readonly Filter[];
  ordering?: string;
  pageSize?: number;
}

/** Search, filters, order and page of a table, kept in the address: it can be bookmarked, sent, and come back to. */
export function useTableView<Filter extends string = never>(options: TableViewOptions<Filter> = {}): TableView<Filter> {
  const { filters: names = [], ordering: usual = "", pageSize = PAGE_SIZE } = options;
  const [params, setParams] = useSearchParams();

  const change = (changes: Readonly<Record<string, string | null | undefined>>) => {
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries({ page: null, ...changes })) {
          if (value) {
            after.set(name, value);
          } else {
            after.delete(name);
          }
        }
        return after;
      },
      { replace: true },
    );
  };

  const search = params.get("search") ?? "";
  const ordering = params.get("ordering") ?? usual;
  const page = Math.max(1, Number.parseInt(params.get("page") ?? "1", 10) || 1);
  const chosen = names.map((name) => [name, params.get(name) ?? undefined] as const);

  return {
    search,
    ordering,
    page,
    pageSize,
    filters: Object.fromEntries(chosen) as Record<Filter, string | undefined>,
    used: chosen.filter(([, value]) => value !== undefined).length,
    isNarrowed: search !== "" || chosen.some(([, value]) => value !== undefined),
    query: { ...(search && { search }), ...(ordering && { ordering }), page, page_size: pageSize },
    setSearch: (text) => change({ search: text.trim() }),
    setFilter: (name, value) => change({ [name]: value }),
    setOrdering: (next) => change({ ordering: next === usual ? null : next }),
    setPage: (next) => change({ page: next > 1 ? String(next) : null }),
    clear: () => change(Object.fromEntries(["search", ...names].map((name) => [name, null]))),
    kept: params.get(KEPT) ?? undefined,
    standing: {
      ordering: params.get("ordering") ?? "",
      filters: Object.fromEntries(
        ["search", ...names].map((name) => [name, params.get(name) ?? ""] as const).filter(([, value]) => value !== ""),
      ),
    },
    show: (next) =>
      change({
        ...Object.fromEntries(["search", ...names].map((name) => [name, next?.filters[name]])),
        ordering: next?.ordering,
        [KEPT]: next?.id,
      }),
  };
}

/** The value if it is one of those allowed: what stands in an address may be anything. */
export const oneOf = <T extends string>(value: string | undefined, allowed: readonly T[]): T | undefined =>
  allowed.find((candidate) => candidate === value);

/** The address of a file of the API with the same search, filters and order as the table on the screen. */
export function exportAddress(
  path: string,
  view: TableState & { filters: Record<string, string | undefined> },
): string {
  const { page: _page, page_size: _size, ...kept } = view.query;
  const query = new URLSearchParams(
    Object.entries({ ...kept, ...view.filters }).filter((pair): pair is [string, string] => Boolean(pair[1])),
  ).toString();
  return query ? `${path}?${query}` : path;
}

/** The address of a file with the columns as they stand on the screen. */
export const withColumns = (address: string, ids: readonly string[]): string =>
  `${address}${address.includes("?") ? "&" : "?"}columns=${ids.map(encodeURIComponent).join(",")}`;

/** The row that a dialog over the list is about, as the list shows it now; once it is off the list, as it was. */
export function newestOf<R extends { id: string | number }>(row: R | null, rows: readonly R[] | undefined): R | null;
export function newestOf<R extends { id: string | number }>(
  row: R | "new" | null,
  rows: readonly R[] | undefined,
): R | "new" | null;
export function newestOf<R extends { id: string | number }>(row: R | "new" | null, rows: readonly R[] | undefined) {
  return row === null || row === "new" ? row : (rows?.find(({ id }) => id === row.id) ?? row);
}
