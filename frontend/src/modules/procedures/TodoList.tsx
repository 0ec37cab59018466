import { Checkbox, Text } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import { ButtonLink } from "@/ui/ButtonLink";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { formatDate } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { RelativeDue } from "@/ui/RelativeDue";
import { SearchField } from "@/ui/SearchField";
import { TextLink } from "@/ui/TextLink";
import { useTableView } from "@/ui/tableView";
import { ProcedureFilter } from "./CaseFilters";
import type { Todo } from "./nouns";

const EVERY_MINUTE = 60_000;

const COLUMNS: readonly [Column<Todo>, ...Column<Todo>[]] = [
  {
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
    header: "Sprawa",
    render: ({ case: matter }) => (
      <>
        {matter.title}
        <Text size="sm" c="dimmed">
          {[matter.sign, matter.procedure.name, matter.unit?.short_name].filter(Boolean).join(" · ")}
        </Text>
      </>
    ),
  },
  { header: "Czeka od", render: ({ since }) => formatDate(since) },
  {
    header: "Termin",
    ordering: "due_at",
    render: ({ due_at }) => (due_at === null ? "bez terminu" : <RelativeDue at={due_at} />),
  },
];

/** All matters that wait for this person, for a function of theirs, or for whom they stand in; the most pressing first. */
export function TodoList() {
  const view = useTableView({ filters: ["procedure", "overdue"] as const, ordering: "due_at" });
  const { procedure, overdue } = view.filters;
  const todo = api.useQuery(
    "get",
    "/api/v1/procedures/todo/",
    {
      params: {
        query: { ...view.query, ...(procedure && { procedure }), ...(overdue === "true" && { overdue: true }) },
      },
    },
    { placeholderData: keepPreviousData, refetchInterval: EVERY_MINUTE },
  );

  return (
    <>
      <PageHeader
        title="Sprawy do załatwienia"
        description="Wszystko, co czeka na Ciebie, na Twoją funkcję albo na kogoś, kogo zastępujesz."
        actions={
          <ButtonLink to="/procedures/calendar" variant="default">
            Mój kalendarz terminów
          </ButtonLink>
        }
      />
      <DataTable
        label="Sprawy do załatwienia"
        columns={COLUMNS}
        query={todo}
        view={view}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="Żadna sprawa nie czeka na Ciebie">
            Gdy przyjdzie Twoja kolej w którejś sprawie, zobaczysz to tutaj i na pierwszej stronie.
          </EmptyState>
        }
        tools={
          <>
            <SearchField label="Szukaj sprawy" value={view.search} onChange={view.setSearch} />
            <ProcedureFilter value={procedure} onChange={(next) => view.setFilter("procedure", next)} />
            <Checkbox
              label="po terminie"
              checked={overdue === "true"}
              onChange={(event) => view.setFilter("overdue", event.currentTarget.checked ? "true" : null)}
              pb={8}
            />
          </>
        }
      />
    </>
  );
}
