import { Text } from "@mantine/core";
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

const COLUMNS: readonly [Column<Schemas["GroupOut"]>, ...Column<Schemas["GroupOut"]>[]] = [
  {
    id: "group",
    header: "Grupa",
    ordering: "name",
    render: (group) => (
      <>
        <TextLink to={`/directory/groups/${group.id}`} fw={600}>
          {group.name}
        </TextLink>
        <Text size="sm" c="dimmed" fw={400}>
          {group.description}
        </Text>
      </>
    ),
  },
  { id: "units", header: "Jednostki", render: (group) => formatNumber(group.unit_count), isNumeric: true },
  { id: "people", header: "Osoby", render: (group) => formatNumber(group.person_count), isNumeric: true },
];

/** The named groups to which messages are sent. */
export function GroupList() {
  const view = useTableView({ ordering: "name" });
  const { may } = useSession();
  const groups = api.useQuery(
    "get",
    "/api/v1/directory/groups/",
    { params: { query: view.query } },
    { placeholderData: keepPreviousData },
  );
  const create = may("directory.change_groups") && <ButtonLink to="/directory/groups/new">Nowa grupa</ButtonLink>;

  return (
    <>
      <PageHeader
        title="Grupy"
        description="Zestawy jednostek i osób, do których często się pisze: wybiera się je jednym kliknięciem."
        actions={create}
      />
      <DataTable
        list="directory.groups"
        label="Grupy"
        columns={COLUMNS}
        query={groups}
        view={view}
        rowKey={(group) => group.id}
        empty={
          <EmptyState
            title="Nie ma jeszcze grup"
            action={create}
            others="Gdy ktoś z wydziału utworzy grupę, zobaczysz ją tutaj."
          >
            Utwórz grupę, na przykład „Szkoły z oddziałami sportowymi”, a potem wyślij do niej wiadomość.
          </EmptyState>
        }
        tools={<SearchField label="Nazwa grupy" value={view.search} onChange={view.setSearch} />}
      />
    </>
  );
}
