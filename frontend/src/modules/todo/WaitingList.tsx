import { Text } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import { ButtonLink } from "@/ui/ButtonLink";
import { ChoiceField } from "@/ui/ChoiceField";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { formatDate } from "@/ui/format";
import { MoreFilters } from "@/ui/MoreFilters";
import { PageHeader } from "@/ui/PageHeader";
import { RelativeDue } from "@/ui/RelativeDue";
import { SearchField } from "@/ui/SearchField";
import { TextLink } from "@/ui/TextLink";
import { oneOf, useTableView } from "@/ui/tableView";
import { EVERY_MINUTE, GROUPS, type Waiting } from "./nouns";

const GROUP_CHOICES = GROUPS.map(({ group, label }) => ({ value: group, label }));
const GROUP_NAMES = GROUPS.map(({ group }) => group);

const COLUMNS: readonly [Column<Waiting>, ...Column<Waiting>[]] = [
  {
    id: "to_do",
    header: "Do zrobienia",
    render: (one) => (
      <>
        <TextLink to={one.url} fw={600}>
          {one.what}
        </TextLink>
        {one.in_place_of && (
          <Text size="sm" c="dimmed" fw={400}>
            w zastępstwie za: {one.in_place_of}
          </Text>
        )}
      </>
    ),
  },
  {
    id: "subject",
    header: "Czego dotyczy",
    phone: "bare",
    ordering: "title",
    render: ({ title, details }) => (
      <>
        {title}
        <Text size="sm" c="dimmed">
          {details}
        </Text>
      </>
    ),
  },
  { id: "since", header: "Czeka od", ordering: "since", render: ({ since }) => formatDate(since) },
  {
    id: "due",
    header: "Termin",
    phone: "bare",
    ordering: "due_at",
    render: ({ due_at }) => (due_at === null ? "bez terminu" : <RelativeDue at={due_at} />),
  },
];

/** Everything that waits for this person, for a function of theirs, or for whom they stand in, from every module. */
export function WaitingList() {
  const view = useTableView({ filters: ["group"] as const, ordering: "due_at" });
  const group = oneOf(view.filters.group, GROUP_NAMES);
  const rows = api.useQuery(
    "get",
    "/api/v1/todo/waiting/",
    { params: { query: { ...view.query, ...(group && { group }) } } },
    { placeholderData: keepPreviousData, refetchInterval: EVERY_MINUTE },
  );

  return (
    <>
      <PageHeader
        title="Do załatwienia"
        back={{ to: "/", label: "Co na mnie czeka" }}
        description="Wszystko, co czeka na Ciebie, na Twoją funkcję albo na kogoś, kogo zastępujesz."
        actions={
          <ButtonLink to="/todo/calendar" variant="default">
            Mój kalendarz terminów
          </ButtonLink>
        }
      />
      <DataTable
        list="todo.waiting"
        label="Do załatwienia"
        columns={COLUMNS}
        query={rows}
        view={view}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="Nic na Ciebie nie czeka">
            Gdy ktoś poprosi Cię o odpowiedź albo przyjdzie Twoja kolej w sprawie, zobaczysz to tutaj i na pierwszej
            stronie.
          </EmptyState>
        }
        tools={
          <>
            <SearchField label="Szukaj" value={view.search} onChange={view.setSearch} />
            <MoreFilters used={view.used}>
              <ChoiceField
                label="Termin"
                placeholder="wszystkie"
                choices={GROUP_CHOICES}
                value={group ?? null}
                onChange={(next) => view.setFilter("group", next)}
              />
            </MoreFilters>
          </>
        }
      />
    </>
  );
}
