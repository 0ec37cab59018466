import { NativeSelect } from "@mantine/core";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { MoreFilters } from "@/ui/MoreFilters";
import { SearchField } from "@/ui/SearchField";
import { StatusBadge } from "@/ui/StatusBadge";
import { useTableView } from "@/ui/tableView";

interface Row {
  name: string;
  kind: string;
  isDone: boolean;
}

const ROWS: readonly Row[] = [
  { name: "SP 1", kind: "szkoła podstawowa", isDone: true },
  { name: "P 16", kind: "przedszkole", isDone: false },
];

const COLUMNS: readonly [Column<Row>, ...Column<Row>[]] = [
  { id: "unit", header: "Jednostka", ordering: "name", render: ({ name }) => name },
  { id: "kind", header: "Rodzaj", phone: "bare", render: ({ kind }) => kind },
  {
    id: "state",
    header: "Stan",
    phone: "end",
    render: ({ isDone }) => (
      <StatusBadge tone={isDone ? "success" : "neutral"}>{isDone ? "w terminie" : "jeszcze nie"}</StatusBadge>
    ),
  },
];

/** A list as all lists are: search, filters folded, rows of one line, two lines on a phone. */
export function ListPattern() {
  const view = useTableView({ filters: ["kind"] as const });
  return (
    <DataTable
      list="patterns"
      label="Wzór listy"
      isDense
      columns={COLUMNS}
      query={{
        data: { count: ROWS.length, results: ROWS },
        error: null,
        isPlaceholderData: false,
        isFetching: false,
        refetch: () => undefined,
      }}
      view={view}
      rowKey={({ name }) => name}
      empty={<EmptyState title="Nie ma jednostek">Dodaj pierwszą.</EmptyState>}
      tools={
        <>
          <SearchField label="Szukaj" value={view.search} onChange={view.setSearch} />
          <MoreFilters used={view.used}>
            <NativeSelect label="Rodzaj" data={["wszystkie"]} />
          </MoreFilters>
        </>
      }
    />
  );
}
