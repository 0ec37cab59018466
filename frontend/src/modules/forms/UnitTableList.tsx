import { keepPreviousData } from "@tanstack/react-query";
import { api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { formatNumber } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { SearchField } from "@/ui/SearchField";
import { TextLink } from "@/ui/TextLink";
import { useTableView } from "@/ui/tableView";
import { ListTabs } from "./ListTabs";

const COLUMNS: readonly [Column<Schemas["UnitTableOut"]>, ...Column<Schemas["UnitTableOut"]>[]] = [
  {
    id: "table",
    header: "Tabela",
    ordering: "sort_key",
    render: ({ id, name }) => (
      <TextLink to={`/forms/tables/${id}`} fw={600}>
        {name}
      </TextLink>
    ),
  },
  { id: "key", header: "Klucz", render: ({ key }) => <code>{key}</code> },
  { id: "columns", header: "Kolumny", render: ({ columns }) => columns.map(({ label }) => label).join(", ") },
  {
    id: "row_of",
    header: "Wiersz to",
    render: ({ keys, rows, edition }) =>
      keys.length > 0
        ? `${keys.map(({ label }) => label).join(" × ")}${edition === 0 ? " (pusta)" : ""}`
        : `jednostka (${formatNumber(rows)})`,
  },
];

/** Tables that expressions quote: with one row a unit (limits), or found by keys (points of a place). */
export function UnitTableList() {
  const view = useTableView({ ordering: "sort_key" });
  const mayChange = useSession().may("forms.manage_dictionaries");
  const tables = api.useQuery(
    "get",
    "/api/v1/forms/tables/",
    { params: { query: view.query } },
    { placeholderData: keepPreviousData },
  );
  const begin = mayChange && <ButtonLink to="/forms/tables/new">Nowa tabela</ButtonLink>;

  return (
    <>
      <PageHeader
        title="Tabele"
        description="Limity jednostek, punktacje, stawki i pułapy, które formularze przytaczają i z których liczą."
        actions={begin}
      />
      <ListTabs current="tables" />
      <DataTable
        list="forms.tables"
        label="Tabele"
        columns={COLUMNS}
        query={tables}
        view={view}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            title="Nie ma jeszcze tabel"
            action={begin}
            others="Tabele zakłada osoba, która prowadzi formularze. Gdy powstanie pierwsza, zobaczysz ją tutaj."
          >
            Utwórz tabelę (na przykład „Limity na uczniów”), a potem wczytaj ją z arkusza: jeden wiersz na jednostkę.
          </EmptyState>
        }
        tools={<SearchField label="Szukaj tabeli" value={view.search} onChange={view.setSearch} />}
      />
    </>
  );
}
