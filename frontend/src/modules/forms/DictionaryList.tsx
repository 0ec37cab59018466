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

const COLUMNS: readonly [Column<Schemas["DictionaryOut"]>, ...Column<Schemas["DictionaryOut"]>[]] = [
  {
    id: "dictionary",
    header: "Słownik",
    ordering: "sort_key",
    render: ({ id, name }) => (
      <TextLink to={`/forms/dictionaries/${id}`} fw={600}>
        {name}
      </TextLink>
    ),
  },
  { id: "key", header: "Klucz", render: ({ key }) => <code>{key}</code> },
  {
    id: "entries",
    header: "Pozycje",
    isNumeric: true,
    render: ({ entries }) => formatNumber(entries.filter((entry) => entry.is_active).length),
  },
];

/** The lists to choose from that many forms share. */
export function DictionaryList() {
  const view = useTableView({ ordering: "sort_key" });
  const mayChange = useSession().may("forms.manage_dictionaries");
  const dictionaries = api.useQuery(
    "get",
    "/api/v1/forms/dictionaries/",
    { params: { query: view.query } },
    { placeholderData: keepPreviousData },
  );
  const begin = mayChange && <ButtonLink to="/forms/dictionaries/new">Nowy słownik</ButtonLink>;

  return (
    <>
      <PageHeader
        title="Słowniki"
        description="Listy do wyboru wspólne dla wielu formularzy: zmienione tutaj, zmieniają się wszędzie."
        actions={begin}
      />
      <ListTabs current="dictionaries" />
      <DataTable
        list="forms.dictionaries"
        label="Słowniki"
        columns={COLUMNS}
        query={dictionaries}
        view={view}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            title="Nie ma jeszcze słowników"
            action={begin}
            others="Słowniki układa osoba, która prowadzi formularze. Gdy powstanie pierwszy, zobaczysz go tutaj."
          >
            Słownik przydaje się, gdy ta sama lista (na przykład osiedli albo przedmiotów) wraca w kilku formularzach.
          </EmptyState>
        }
        tools={<SearchField label="Szukaj słownika" value={view.search} onChange={view.setSearch} />}
      />
    </>
  );
}
