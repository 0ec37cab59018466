import { Text } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { ChoiceField } from "@/ui/ChoiceField";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { formatMoney, formatNumber } from "@/ui/format";
import { MoreFilters } from "@/ui/MoreFilters";
import { PageHeader } from "@/ui/PageHeader";
import { SearchField } from "@/ui/SearchField";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import { oneOf, useTableView } from "@/ui/tableView";
import { CALL_STATES, type CallRow, momentOf, stateOfCall, underTitle } from "./nouns";

const COLUMNS: readonly [Column<CallRow>, ...Column<CallRow>[]] = [
  {
    id: "call",
    header: "Nabór",
    ordering: "sort_key",
    render: (call) => (
      <>
        <TextLink to={`/applications/calls/${call.id}`} fw={600}>
          {call.title}
        </TextLink>
        <Text size="sm" c="dimmed" fw={400}>
          {[underTitle(call), call.is_test && "próbny"].filter(Boolean).join(" · ")}
        </Text>
      </>
    ),
  },
  {
    id: "state",
    header: "Stan",
    phone: "bare",
    render: (call) => {
      const { text, tone } = stateOfCall(call);
      return <StatusBadge tone={tone}>{text}</StatusBadge>;
    },
  },
  {
    id: "until",
    header: "Do kiedy",
    phone: "bare",
    render: ({ closes_at }) => (closes_at ? `do ${momentOf(closes_at)}` : null),
  },
  { id: "submitted", header: "Złożone", isNumeric: true, render: ({ handed_in }) => formatNumber(handed_in) },
  { id: "drafts", header: "Szkice", isNumeric: true, phone: "none", render: ({ drafts }) => formatNumber(drafts) },
  { id: "asked", header: "Wnioskowano", isNumeric: true, render: ({ money }) => formatMoney(money.asked) },
  { id: "granted", header: "Przyznano", isNumeric: true, render: ({ money }) => formatMoney(money.granted) },
];
const STATES = Object.entries(CALL_STATES).map(([value, { text }]) => ({ value, label: text }));

/** Every call that this person runs or watches. */
export function CallList() {
  const view = useTableView({ filters: ["state", "year"] as const });
  const { may } = useSession();
  const { state, year } = view.filters;
  const calls = api.useQuery(
    "get",
    "/api/v1/applications/calls/",
    {
      params: {
        query: {
          ...view.query,
          state: oneOf(state, ["draft", "published", "closed", "settled"] as const),
          ...(year && { year: Number(year) }),
        },
      },
    },
    { placeholderData: keepPreviousData },
  );
  const create = may("applications.manage_calls") && <ButtonLink to="/applications/calls/new">Nowy nabór</ButtonLink>;
  const today = new Date().getFullYear();

  return (
    <>
      <PageHeader
        title="Nabory"
        description="Nabory wniosków: kto i do kiedy może je składać, ile ich jest i o ile wnioskują."
        actions={create}
      />
      <DataTable
        list="applications.calls"
        label="Nabory"
        columns={COLUMNS}
        query={calls}
        view={view}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            title="Nie ma jeszcze naborów"
            action={create}
            others="Nabory ogłasza wydział. Gdy ogłosi pierwszy, zobaczysz go tutaj."
          >
            Załóż pierwszy: wybierz procedurę, podaj termin i jednostki, a potem go ogłoś. W następnym roku wystarczy go
            skopiować.
          </EmptyState>
        }
        tools={
          <>
            <SearchField label="Szukaj naboru" value={view.search} onChange={view.setSearch} />
            <MoreFilters used={view.used}>
              <ChoiceField
                label="Stan"
                placeholder="wszystkie"
                choices={STATES}
                value={state ?? null}
                onChange={(next) => view.setFilter("state", next)}
              />
              <ChoiceField
                label="Rok"
                placeholder="wszystkie"
                choices={[today + 1, today, today - 1, today - 2].map((one) => ({
                  value: String(one),
                  label: String(one),
                }))}
                value={year ?? null}
                onChange={(next) => view.setFilter("year", next)}
              />
            </MoreFilters>
          </>
        }
      />
    </>
  );
}
