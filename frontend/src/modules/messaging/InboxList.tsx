import { NativeSelect, Text } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { formatDateTime } from "@/ui/format";
import { MoreFilters } from "@/ui/MoreFilters";
import { PageHeader } from "@/ui/PageHeader";
import { RelativeDue } from "@/ui/RelativeDue";
import { SearchField } from "@/ui/SearchField";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import { oneOf, useTableView } from "@/ui/tableView";
import type { InboxItem } from "./nouns";

const EVERY_MINUTE = 60_000;

const COLUMNS: readonly [Column<InboxItem>, ...Column<InboxItem>[]] = [
  {
    id: "message",
    header: "Wiadomość",
    render: (item) => (
      <>
        <TextLink to={`/messaging/inbox/${item.id}`} fw={item.is_unread ? 700 : 400}>
          {item.subject}
        </TextLink>{" "}
        {item.is_unread && <StatusBadge tone="info">nowa</StatusBadge>}
        <Text size="sm" c="dimmed" fw={400}>
          {item.sender}
        </Text>
      </>
    ),
  },
  {
    id: "to",
    header: "Do",
    phone: "bare",
    render: ({ recipient, handed, answered_at: answered }) => (
      <>
        {recipient.kind === "unit" ? recipient.short_name : "do Ciebie"}
        {handed && answered === null && (
          <Text size="sm" c="dimmed">
            odpowiada: {handed.to.name}
          </Text>
        )}
      </>
    ),
  },
  {
    id: "received",
    header: "Otrzymano",
    phone: "bare",
    ordering: "sent_at",
    render: (item) => <time dateTime={item.sent_at}>{formatDateTime(item.sent_at)}</time>,
  },
  { id: "answer", header: "Odpowiedź", phone: "bare", ordering: "due_at", render: answerState },
];

/** Whether an answer was given, is still wanted, or can no longer be given. */
function answerState(item: InboxItem) {
  if (item.answered_at !== null) {
    return <StatusBadge tone="success">{item.is_late ? "wysłana po terminie" : "wysłana"}</StatusBadge>;
  }
  if (!item.wants_answer) {
    return null;
  }
  if (item.locks_at !== null && new Date(item.locks_at) <= new Date()) {
    return <StatusBadge tone="neutral">zamknięte bez odpowiedzi</StatusBadge>;
  }
  return item.due_at === null ? (
    <StatusBadge tone="neutral">czeka, bez terminu</StatusBadge>
  ) : (
    <RelativeDue at={item.due_at} />
  );
}

/** Every message to this person and to the units that they belong to. */
export function InboxList() {
  const view = useTableView({ filters: ["show"] as const, ordering: "-sent_at" });
  const show = oneOf(view.filters.show, ["waiting", "unread"]) ?? "all";
  const inbox = api.useQuery(
    "get",
    "/api/v1/messaging/inbox/",
    {
      params: {
        query: {
          ...view.query,
          ...(show === "waiting" && { waiting: true }),
          ...(show === "unread" && { unread: true }),
        },
      },
    },
    { placeholderData: keepPreviousData, refetchInterval: EVERY_MINUTE },
  );

  return (
    <>
      <PageHeader title="Odebrane" description="Wiadomości do Ciebie i do jednostek, do których należysz." />
      <DataTable
        list="messaging.inbox"
        label="Odebrane wiadomości"
        columns={COLUMNS}
        query={inbox}
        view={view}
        rowKey={(item) => item.id}
        empty={
          <EmptyState title="Nie ma jeszcze wiadomości">
            Gdy ktoś napisze do Ciebie albo do Twojej jednostki, wiadomość pojawi się tutaj, a powiadomienie przyjdzie
            też e-mailem.
          </EmptyState>
        }
        tools={
          <>
            <SearchField label="Szukaj w wiadomościach" value={view.search} onChange={view.setSearch} />
            <MoreFilters used={view.used}>
              <NativeSelect
                label="Pokaż"
                value={show}
                onChange={(event) =>
                  view.setFilter("show", event.currentTarget.value === "all" ? null : event.currentTarget.value)
                }
                data={[
                  { value: "all", label: "wszystkie" },
                  { value: "waiting", label: "czekają na odpowiedź" },
                  { value: "unread", label: "nieprzeczytane" },
                ]}
              />
            </MoreFilters>
          </>
        }
      />
    </>
  );
}
