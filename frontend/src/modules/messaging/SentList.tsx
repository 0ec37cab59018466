import { Text } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { formatDateTime } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { RelativeDue } from "@/ui/RelativeDue";
import { SearchField } from "@/ui/SearchField";
import { TextLink } from "@/ui/TextLink";
import { useTableView } from "@/ui/tableView";
import { DeliveryBar } from "./DeliveryBar";
import type { MessageSummary } from "./nouns";

const HALF_A_MINUTE = 30_000;

const COLUMNS: readonly [Column<MessageSummary>, ...Column<MessageSummary>[]] = [
  {
    id: "message",
    header: "Wiadomość",
    ordering: "subject",
    render: (message) => (
      <>
        <TextLink to={`/messaging/messages/${message.id}`} fw={600}>
          {message.subject}
        </TextLink>
        <Text size="sm" c="dimmed" fw={400}>
          {message.author.name}
        </Text>
      </>
    ),
  },
  {
    id: "sent",
    header: "Wysłano",
    ordering: "sent_at",
    render: ({ sent_at: at }) => at && <time dateTime={at}>{formatDateTime(at)}</time>,
  },
  {
    id: "due",
    header: "Termin odpowiedzi",
    render: ({ due_at: due, counts }) =>
      due && <RelativeDue at={due} isMet={counts.recipients > 0 && counts.answered === counts.recipients} />,
  },
  {
    id: "state",
    header: "Stan",
    phone: "bare",
    render: (message) => <DeliveryBar counts={message.counts} wantsAnswer={message.can.includes("archive")} />,
  },
];

/** The messages that have left, and how far each has come. */
export function SentList() {
  const view = useTableView({ ordering: "-sent_at" });
  const { may } = useSession();
  const messages = api.useQuery(
    "get",
    "/api/v1/messaging/messages/",
    { params: { query: { ...view.query, state: "sent" } } },
    { placeholderData: keepPreviousData, refetchInterval: HALF_A_MINUTE },
  );
  const compose = may("messaging.send_message") && <ButtonLink to="/messaging/compose">Nowa wiadomość</ButtonLink>;

  return (
    <>
      <PageHeader
        title="Wysłane"
        description="Kto otrzymał, kto otworzył i kto odpowiedział: zobaczysz po otwarciu wiadomości."
        actions={compose}
      />
      <DataTable
        list="messaging.sent"
        label="Wysłane wiadomości"
        columns={COLUMNS}
        query={messages}
        view={view}
        rowKey={(message) => message.id}
        empty={
          <EmptyState
            title="Nie ma jeszcze wysłanych wiadomości"
            action={compose}
            others="Gdy ktoś wyśle wiadomość, którą możesz oglądać, zobaczysz ją tutaj."
          >
            Napisz pierwszą: do jednostek, grup albo osób, z prośbą o odpowiedź lub bez niej.
          </EmptyState>
        }
        tools={<SearchField label="Szukaj w wysłanych" value={view.search} onChange={view.setSearch} />}
      />
    </>
  );
}
