import { Switch, Text } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { counted, formatDate } from "@/ui/format";
import { MoreFilters } from "@/ui/MoreFilters";
import { PageHeader } from "@/ui/PageHeader";
import { SearchField } from "@/ui/SearchField";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import { useTableView } from "@/ui/tableView";
import type { ProcedureRow } from "./nouns";

const COLUMNS: readonly [Column<ProcedureRow>, ...Column<ProcedureRow>[]] = [
  {
    id: "procedure",
    header: "Procedura",
    render: (one) => (
      <>
        <TextLink to={`/procedures/procedures/${one.id}`} fw={600}>
          {one.name}
        </TextLink>
        <Text size="sm" c="dimmed" fw={400} lineClamp={2}>
          {one.description}
        </Text>
        {!one.is_published && !one.is_archived && one.can.includes("publish") && <Missing id={one.id} />}
      </>
    ),
  },
  { id: "state", header: "Stan", phone: "end", render: stateOf },
  {
    id: "running",
    header: "Sprawy w toku",
    render: (one) =>
      one.open_cases ? (
        <TextLink to={`/procedures/cases?procedure=${one.id}&state=open`}>
          {counted(one.open_cases, "sprawa", "sprawy", "spraw")}
        </TextLink>
      ) : one.open_cases === 0 ? (
        "brak"
      ) : null,
  },
];

const TOLD = 3;

/** What a draft lacks to be published, asked for drafts alone. */
function Missing({ id }: { id: string }) {
  const draft = api.useQuery("get", "/api/v1/procedures/procedures/{id}/", { params: { path: { id } } });
  const problems = draft.data?.problems;
  if (!problems) {
    return null;
  }
  if (problems.length === 0) {
    return (
      <Text size="sm" fw={400}>
        Gotowa do wydania.
      </Text>
    );
  }
  return (
    <Text size="sm" fw={400} component="div">
      Do wydania brakuje:
      <ul style={{ margin: 0, paddingLeft: "1.1rem" }}>
        {problems.slice(0, TOLD).map(({ path, where, sentence }) => (
          <li key={`${path} ${sentence}`}>{where ? `${where}: ${sentence}` : sentence}</li>
        ))}
      </ul>
      {problems.length > TOLD && `i jeszcze ${problems.length - TOLD}.`}
    </Text>
  );
}

function stateOf(one: ProcedureRow) {
  if (one.is_archived) {
    return <StatusBadge tone="neutral">w archiwum</StatusBadge>;
  }
  return one.published_at === null ? (
    <StatusBadge tone="warning">szkic</StatusBadge>
  ) : (
    <>
      <StatusBadge tone="success">wydanie {one.number}</StatusBadge>{" "}
      <Text span size="sm" c="dimmed">
        {formatDate(one.published_at)}
      </Text>
    </>
  );
}

/** Every procedure that the city has made. */
export function ProcedureList() {
  const view = useTableView({ filters: ["archived"] as const });
  const { may } = useSession();
  const isArchived = view.filters.archived === "true";
  const procedures = api.useQuery(
    "get",
    "/api/v1/procedures/procedures/",
    { params: { query: { ...view.query, ...(!isArchived && { archived: false }) } } },
    { placeholderData: keepPreviousData },
  );
  const create = may("procedures.manage_procedures") && (
    <>
      <ButtonLink to="/procedures/procedures/new?from=file" variant="default">
        Wczytaj z pliku
      </ButtonLink>
      <ButtonLink to="/procedures/procedures/new">Nowa procedura</ButtonLink>
    </>
  );
  const ready = may("catalogue.switch_on_types") && (
    <ButtonLink to="/catalogue/types" variant="default">
      Gotowe typy spraw
    </ButtonLink>
  );

  return (
    <>
      <PageHeader
        title="Procedury"
        description="Procedura mówi, jakimi etapami idzie sprawa, kto w każdym działa i do kiedy."
        actions={
          <>
            {ready}
            {create}
          </>
        }
      />
      <DataTable
        list="procedures.procedures"
        label="Procedury"
        columns={COLUMNS}
        query={procedures}
        view={view}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            title="Nie ma jeszcze procedur"
            action={create}
            others="Procedury układa administrator miasta. Gdy powstanie pierwsza, zobaczysz ją tutaj."
          >
            Weź gotowy typ z katalogu, zacznij od nowej albo wczytaj plik, który dostałeś z innego miasta.
          </EmptyState>
        }
        tools={
          <>
            <SearchField label="Szukaj procedury" value={view.search} onChange={view.setSearch} />
            <MoreFilters used={view.used}>
              <Switch
                label="Pokaż też archiwum"
                checked={isArchived}
                onChange={(event) => view.setFilter("archived", event.currentTarget.checked ? "true" : null)}
                pb={8}
              />
            </MoreFilters>
          </>
        }
      />
    </>
  );
}
