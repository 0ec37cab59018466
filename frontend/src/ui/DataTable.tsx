import { NativeSelect, Pagination, Skeleton, Text, VisuallyHidden } from "@mantine/core";
import { IconArrowDown, IconArrowsSort, IconArrowUp } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense } from "react";
import classes from "@/ui/DataTable.module.css";
import { DownloadButton } from "@/ui/DownloadButton";
import { EmptyState } from "@/ui/EmptyState";
import { formatNumber, unbroken } from "@/ui/format";
import { arranged, useKeptViews } from "@/ui/keptViews";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { type TableState, withColumns } from "@/ui/tableView";

/** Loaded with the first list that offers a choice. */
const ListTools = lazy(async () => ({ default: (await import("@/ui/ListTools")).ListTools }));
/** Of so few columns there is nothing to choose. */
const ARRANGED_FROM = 2;

export interface Column<Row> {
  /** Its name among the list's columns, which stays when the words change: choices and exports go by it. */
  id: string;
  header: string;
  /** What stands in the cell; null leaves it empty (and leaves the line out on a phone). */
  render: (row: Row) => ReactNode;
  /** The name that the API's `ordering` takes; a column without one is not sorted by. */
  ordering?: string;
  isNumeric?: boolean;
  /**
   * On a phone, where a row has two lines: at the end of the first one ("end"), in the second one without its header
   * where the words speak for themselves ("bare"), or not at all, because the row's own page tells it ("none").
   */
  phone?: "end" | "bare" | "none";
  /** Shown only to who chose it. */
  isExtra?: boolean;
}

/** The part of a query's result that a table needs; the result of api.useQuery fits. */
export interface PageQuery<Row> {
  data: { count: number; results: readonly Row[] } | undefined;
  error: unknown;
  /** Rows of another search or page stand in while the right ones come; they are drawn pale. A refresh is not. */
  isPlaceholderData: boolean;
  isFetching: boolean;
  refetch: () => unknown;
}

interface DataTableProps<Row> {
  /** Which list it is, the same for ever: what a person chose about it is kept by this name ("directory.units"). */
  list: string;
  /** The name of the table for screen readers: "Jednostki". */
  label: string;
  /** The first column names the row: it is its header, and the beginning of its first line on a phone. */
  columns: readonly [Column<Row>, ...Column<Row>[]];
  query: PageQuery<Row>;
  view: TableState;
  rowKey: (row: Row) => string;
  /** Shown when there is nothing and nothing narrows the list: an <EmptyState> that says what to do next. */
  empty: ReactNode;
  /** Search and filters, each with its own label. */
  tools?: ReactNode;
  /** The address of the same table as xlsx; see exportAddress. */
  exportHref?: string;
  /** One line for each row on a wide screen, where many are looked at together; what is longer is cut off with dots. */
  isDense?: boolean;
  /** All rows are always here, so nothing tells how many of them are shown. */
  isWhole?: boolean;
  /** Other ways to take it away, beside xlsx. */
  otherExports?: readonly { words: string; href: string }[];
}

/** A list of the API, page by page: sorted by its headers, two lines a row on a phone, skeletons while it loads. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { list, label, query, view, rowKey, empty, tools, exportHref, otherExports = [], isDense, isWhole } = props;
  const kept = useKeptViews(list, view);
  const columns = arranged(props.columns, kept.columns);
  const addressed = (href: string) =>
    kept.columns.length > 0
      ? withColumns(
          href,
          columns.map(({ id }) => id),
        )
      : href;
  const sortable = columns.filter((column) => column.ordering !== undefined);
  const isArrangeable = props.columns.length > ARRANGED_FROM;
  const hasTools = Boolean(tools || exportHref || isArrangeable);
  const page = query.data;
  const hasRows = page !== undefined && page.results.length > 0;

  return (
    <div className={classes.frame}>
      {(hasTools || sortable.length > 0) && (
        <div data-print="no" className={`${classes.tools} ${hasTools ? "" : classes.phone}`}>
          {tools}
          {sortable.length > 0 && <SortOnPhone columns={sortable} view={view} />}
          {(exportHref || isArrangeable) && (
            <div className={classes.end}>
              {isArrangeable && (
                <Suspense fallback={null}>
                  <ListTools list={list} columns={props.columns} kept={kept} view={view} isWhole={isWhole ?? false} />
                </Suspense>
              )}
              {otherExports.map(({ words, href }) => (
                <DownloadButton key={words} href={addressed(href)}>
                  {words}
                </DownloadButton>
              ))}
              {exportHref && <DownloadButton href={addressed(exportHref)}>Pobierz xlsx</DownloadButton>}
            </div>
          )}
        </div>
      )}
      <ProblemAlert error={query.error} title="Nie udało się wczytać listy" retry={() => void query.refetch()} />
      {page && !hasRows && (view.isNarrowed ? <NothingFound view={view} /> : empty)}
      {(hasRows || (!page && !query.error)) && (
        <div className={classes.scroll}>
          {/* The roles repeat what the elements mean: on a phone they are laid out as blocks and lose it. */}
          <table
            className={`${classes.table} ${isDense ? classes.dense : ""}`}
            role="table"
            aria-busy={query.isFetching}
          >
            <caption>
              <VisuallyHidden>{label}</VisuallyHidden>
            </caption>
            <thead role="rowgroup">
              <tr role="row">
                {columns.map((column) => (
                  <HeaderCell key={column.id} column={column} view={view} />
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup" className={query.isPlaceholderData ? classes.stale : undefined}>
              {page ? (
                page.results.map((row) => <BodyRow key={rowKey(row)} row={row} columns={columns} />)
              ) : (
                <Skeletons columns={columns.length} />
              )}
            </tbody>
          </table>
        </div>
      )}
      {page && page.count > 0 && !isWhole && <Foot count={page.count} view={view} />}
    </div>
  );
}

function BodyRow<Row>({ row, columns }: { row: Row; columns: readonly Column<Row>[] }) {
  return (
    <tr role="row">
      {columns.map((column, index) => {
        const content = unbroken(column.render(row));
        const isEmpty = content === null || content === "";
        const className =
          [column.isNumeric && classes.numeric, isEmpty && classes.empty, column.phone && classes[column.phone]]
            .filter(Boolean)
            .join(" ") || undefined;
        return index === 0 ? (
          <th key={column.id} scope="row" role="rowheader" className={className}>
            {content}
          </th>
        ) : (
          <td key={column.id} role="cell" className={className}>
            <span className={classes.label}>{column.header}: </span>
            {content}
          </td>
        );
      })}
    </tr>
  );
}

/** Pressing a header sorts upwards, pressing it again downwards. */
function HeaderCell<Row>({ column, view }: { column: Column<Row>; view: TableState }) {
  const { ordering, header, isNumeric } = column;
  const className = isNumeric ? classes.numeric : undefined;
  if (ordering === undefined) {
    return (
      <th scope="col" role="columnheader" className={className}>
        {header}
      </th>
    );
  }
  const isUp = view.ordering === ordering;
  const isDown = view.ordering === `-${ordering}`;
  const Icon = isUp ? IconArrowUp : isDown ? IconArrowDown : IconArrowsSort;
  return (
    <th
      scope="col"
      role="columnheader"
      className={className}
      aria-sort={isUp ? "ascending" : isDown ? "descending" : "none"}
    >
      <button type="button" className={classes.sort} onClick={() => view.setOrdering(isUp ? `-${ordering}` : ordering)}>
        {header}
        <Icon size={15} aria-hidden />
      </button>
    </th>
  );
}

function SortOnPhone<Row>({ columns, view }: { columns: readonly Column<Row>[]; view: TableState }) {
  const options = columns.flatMap(({ header, ordering }) => [
    { value: ordering ?? "", label: `${header}: rosnąco` },
    { value: `-${ordering}`, label: `${header}: malejąco` },
  ]);
  const isKnown = options.some(({ value }) => value === view.ordering);
  return (
    <NativeSelect
      className={classes.phone}
      label="Sortowanie"
      value={isKnown ? view.ordering : ""}
      data={isKnown ? options : [{ value: "", label: "domyślne" }, ...options]}
      onChange={(event) => view.setOrdering(event.currentTarget.value)}
    />
  );
}

function Skeletons({ columns }: { columns: number }) {
  return Array.from({ length: 6 }, (_row, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: six equal bars that never move
    <tr key={row} role="row">
      {Array.from({ length: columns }, (_cell, cell) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <td key={cell} role="cell">
          <Skeleton height={18} />
        </td>
      ))}
    </tr>
  ));
}

function NothingFound({ view }: { view: TableState }) {
  return (
    <EmptyState
      title="Nic nie pasuje"
      action={
        <button type="button" className={classes.sort} onClick={view.clear}>
          <u>Pokaż wszystko</u>
        </button>
      }
    >
      Zmień szukane słowo albo filtry.
    </EmptyState>
  );
}

function Foot({ count, view }: { count: number; view: TableState }) {
  const first = (view.page - 1) * view.pageSize + 1;
  const last = Math.min(count, view.page * view.pageSize);
  const pages = Math.ceil(count / view.pageSize);
  return (
    <div className={classes.foot}>
      <Text size="sm" c="dimmed" role="status">
        {formatNumber(first)}–{formatNumber(last)} z {formatNumber(count)}
      </Text>
      {pages > 1 && (
        <Pagination
          total={pages}
          value={view.page}
          onChange={view.setPage}
          siblings={0}
          size="sm"
          getItemProps={(page) => ({ "aria-label": `Strona ${page}` })}
          getControlProps={(control) => ({
            "aria-label": {
              first: "Pierwsza strona",
              last: "Ostatnia strona",
              next: "Następna strona",
              previous: "Poprzednia strona",
            }[control],
          })}
        />
      )}
    </div>
  );
}
