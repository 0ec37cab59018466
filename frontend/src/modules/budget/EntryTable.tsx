import { NativeSelect, Text, Title } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { formatDateTime, formatMoney } from "@/ui/format";
import { MoreFilters } from "@/ui/MoreFilters";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import { exportAddress, oneOf, useTableView } from "@/ui/tableView";
import { BUDGET, ENTRY_KINDS, type Entry, type Pot } from "./nouns";

const RELEASED = { reserved: "zwolniono z rezerwacji", granted: "zwolniono z przyznanych" } as const;

const kindOf = ({ kind, releases }: Entry) =>
  releases === "reserved" || releases === "granted" ? RELEASED[releases] : ENTRY_KINDS[kind];

const COLUMNS: readonly [Column<Entry>, ...Column<Entry>[]] = [
  { id: "at", header: "Kiedy", ordering: "at", render: ({ at }) => formatDateTime(at) },
  {
    id: "what",
    header: "Co",
    render: (entry) => (
      <>
        {kindOf(entry)} {entry.takes_back !== null && <StatusBadge tone="warning">cofnięcie</StatusBadge>}
        {entry.is_taken_back && <StatusBadge tone="neutral">cofnięto</StatusBadge>}
      </>
    ),
  },
  {
    id: "amount",
    header: "Kwota",
    phone: "end",
    ordering: "amount",
    isNumeric: true,
    render: ({ amount }) => formatMoney(amount),
  },
  {
    id: "subject",
    header: "Czego dotyczy",
    render: ({ owner, reason }) => (
      <>
        {owner === null ? (
          "plan puli"
        ) : owner.url ? (
          <TextLink to={owner.url}>{owner.name}</TextLink>
        ) : (
          owner.name || `${owner.kind} (bez dostępu)`
        )}
        {reason && (
          <Text size="sm" c="dimmed">
            {reason}
          </Text>
        )}
      </>
    ),
  },
  { id: "who", header: "Kto", render: ({ made_by }) => made_by },
];

const KINDS = Object.keys(ENTRY_KINDS) as Entry["kind"][];

/** The ledger of a pot, the newest first. */
export function EntryTable({ pot }: { pot: Pot }) {
  const view = useTableView({ filters: ["kind"], ordering: "-at" });
  const kind = oneOf(view.filters.kind, KINDS);
  const entries = api.useQuery(
    "get",
    "/api/v1/budget/pots/{pot_id}/entries/",
    { params: { path: { pot_id: pot.id }, query: { ...view.query, kind } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <section aria-labelledby="entries">
      <Title order={2} id="entries" mb="sm">
        Zapisy
      </Title>
      <DataTable
        list="budget.entries"
        label={`Zapisy w puli ${pot.name}`}
        columns={COLUMNS}
        query={entries}
        view={view}
        rowKey={({ id }) => String(id)}
        exportHref={exportAddress(`${BUDGET}pots/${pot.id}/entries/export/`, { ...view, filters: { kind } })}
        empty={<EmptyState title="Nie ma jeszcze zapisów">Pierwszy pojawi się, gdy pula dostanie kwotę.</EmptyState>}
        tools={
          <MoreFilters used={view.used}>
            <NativeSelect
              label="Rodzaj zapisu"
              value={kind ?? ""}
              onChange={(event) => view.setFilter("kind", event.currentTarget.value)}
              data={[
                { value: "", label: "wszystkie" },
                ...KINDS.map((value) => ({ value, label: ENTRY_KINDS[value] })),
              ]}
            />
          </MoreFilters>
        }
      />
    </section>
  );
}
