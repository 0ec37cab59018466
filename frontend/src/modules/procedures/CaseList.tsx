import { Checkbox, Text } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { ChoiceField } from "@/ui/ChoiceField";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { formatDate } from "@/ui/format";
import { MoreFilters } from "@/ui/MoreFilters";
import { PageHeader } from "@/ui/PageHeader";
import { RelativeDue } from "@/ui/RelativeDue";
import { SearchField } from "@/ui/SearchField";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import { exportAddress, oneOf, useTableView } from "@/ui/tableView";
import { ProcedureFilter, StageFilter, UnitFilter } from "./CaseFilters";
import { stateOf, whoOf } from "./caseWords";
import { type CaseRow, PROCEDURES } from "./nouns";

const COLUMNS: readonly [Column<CaseRow>, ...Column<CaseRow>[]] = [
  {
    id: "case",
    header: "Sprawa",
    render: (one) => (
      <>
        <TextLink to={`/procedures/cases/${one.id}`} fw={600}>
          {one.title}
        </TextLink>
        <Text size="sm" c="dimmed" fw={400}>
          {[one.sign, one.procedure.name].filter(Boolean).join(" · ")}
        </Text>
      </>
    ),
  },
  { id: "unit", header: "Jednostka", phone: "bare", render: ({ unit }) => unit?.short_name ?? null },
  {
    id: "stage",
    header: "Etap",
    phone: "bare",
    render: (one) => {
      const { text, tone } = stateOf(one);
      return (
        <>
          {one.stage.name}{" "}
          {(one.state === "closed" || one.ball.is_overdue) && <StatusBadge tone={tone}>{text}</StatusBadge>}
        </>
      );
    },
  },
  { id: "mover", header: "Czyj ruch", render: ({ ball, state }) => (state === "closed" ? null : whoOf(ball)) },
  { id: "due", header: "Termin", phone: "bare", ordering: "due_at", render: dueOf },
  {
    id: "opened",
    header: "Założona",
    phone: "none",
    ordering: "opened_at",
    render: ({ opened_at }) => formatDate(opened_at),
  },
  { id: "sign", header: "Znak", isExtra: true, render: ({ sign }) => sign },
  { id: "procedure", header: "Procedura", isExtra: true, render: ({ procedure }) => procedure.name },
  {
    id: "since",
    header: "Czeka od",
    isExtra: true,
    render: ({ ball }) => (ball.since ? formatDate(ball.since) : null),
  },
];

function dueOf({ ball }: CaseRow) {
  if (ball.due_at === null) {
    return ball.is_paused ? "wstrzymany" : null;
  }
  return <RelativeDue at={ball.due_at} />;
}

const STATES = [
  { value: "open", label: "w toku" },
  { value: "closed", label: "zakończone" },
];

/** Every case that this person may see. */
export function CaseList() {
  const view = useTableView({
    filters: ["procedure", "stage", "state", "unit", "mine", "overdue"] as const,
    ordering: "-opened_at",
  });
  const { may } = useSession();
  const { procedure, stage, state, unit, mine, overdue } = view.filters;
  const cases = api.useQuery(
    "get",
    "/api/v1/procedures/cases/",
    {
      params: {
        query: {
          ...view.query,
          ...(procedure && { procedure }),
          ...(stage && { stage }),
          ...(unit && { unit }),
          state: oneOf(state, ["open", "closed"] as const),
          ...(mine === "true" && { mine: true }),
          ...(overdue === "true" && { overdue: true }),
        },
      },
    },
    { placeholderData: keepPreviousData },
  );
  const open = may("procedures.open_case") && <ButtonLink to="/procedures/cases/new">Nowa sprawa</ButtonLink>;

  return (
    <>
      <PageHeader
        title="Sprawy"
        description="Wnioski i inne sprawy, które możesz oglądać: na jakim są etapie i na kogo czekają."
        actions={open}
      />
      <DataTable
        list="procedures.cases"
        label="Sprawy"
        columns={COLUMNS}
        query={cases}
        view={view}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            title="Nie ma jeszcze spraw"
            action={open}
            others="Gdy ktoś założy sprawę, którą możesz oglądać, zobaczysz ją tutaj."
          >
            Załóż pierwszą: wybierz, czego dotyczy, a system poprowadzi Cię krok po kroku.
          </EmptyState>
        }
        tools={
          <>
            <SearchField label="Szukaj sprawy" value={view.search} onChange={view.setSearch} />
            <MoreFilters used={view.used}>
              <ProcedureFilter value={procedure} onChange={(next) => view.setFilter("procedure", next)} />
              {procedure && (
                <StageFilter procedure={procedure} value={stage} onChange={(next) => view.setFilter("stage", next)} />
              )}
              <ChoiceField
                label="Stan"
                placeholder="wszystkie"
                choices={STATES}
                value={state ?? null}
                onChange={(next) => view.setFilter("state", next)}
              />
              {may("directory.view_units") && (
                <UnitFilter value={unit} onChange={(next) => view.setFilter("unit", next)} />
              )}
              <Checkbox
                label="moje"
                checked={mine === "true"}
                onChange={(event) => view.setFilter("mine", event.currentTarget.checked ? "true" : null)}
                pb={8}
              />
              <Checkbox
                label="po terminie"
                checked={overdue === "true"}
                onChange={(event) => view.setFilter("overdue", event.currentTarget.checked ? "true" : null)}
                pb={8}
              />
            </MoreFilters>
          </>
        }
        exportHref={exportAddress(`${PROCEDURES}cases/export/`, view)}
      />
    </>
  );
}
