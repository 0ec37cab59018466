import { Text } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { api } from "@/api/client";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { FileLinks } from "@/ui/FileLinks";
import { formatDateTime } from "@/ui/format";
import { SearchField } from "@/ui/SearchField";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import { exportAddress, oneOf, useTableView } from "@/ui/tableView";
import { DeliveryStory } from "./DeliveryStory";
import classes from "./DeliveryTable.module.css";
import { EnterAnswer, type Entries, EntryDialogs, useEntries } from "./EnterAnswer";
import { answerFileAddress, type Delivery, MESSAGING, type Message } from "./nouns";
import { PAGE, StatePictures } from "./StatePictures";
import { StatusTiles, statuses } from "./StatusTiles";

interface DeliveryTableProps {
  message: Message;
  /** Milliseconds between looks at the server; false for none. */
  refreshEvery: number | false;
}

const RECIPIENT: Column<Delivery> = {
  id: "recipient",
  header: "Adresat",
  ordering: "name_key",
  render: ({ recipient }) => (
    <>
      {recipient.kind === "unit" ? (
        <TextLink to={`/directory/units/${recipient.id}`} fw={600}>
          {recipient.short_name}
        </TextLink>
      ) : (
        recipient.name
      )}
      {recipient.kind === "unit" && recipient.name !== recipient.short_name && (
        <Text size="sm" c="dimmed" fw={400}>
          {recipient.name}
        </Text>
      )}
    </>
  ),
};

const DELIVERED: Column<Delivery> = {
  id: "delivered",
  header: "Doręczono",
  phone: "none",
  ordering: "delivered_at",
  render: ({ delivered_at: at, recalled_at: recalled }) =>
    recalled !== null ? (
      <StatusBadge tone="neutral">wycofano {formatDateTime(recalled)}</StatusBadge>
    ) : at === null ? (
      <StatusBadge tone="neutral">w drodze</StatusBadge>
    ) : (
      <time dateTime={at}>{formatDateTime(at)}</time>
    ),
};

const OPENED: Column<Delivery> = {
  id: "opened",
  header: "Otwarto",
  phone: "bare",
  ordering: "first_opened_at",
  render: (delivery) => {
    const { opened_at: at, opened_by: person, openings, recalled_at: recalled } = delivery;
    return at === null ? (
      <Text span c="dimmed">
        {recalled === null ? "nie otwarto" : "wycofano, zanim otwarto"}
      </Text>
    ) : (
      <>
        <time dateTime={at}>{formatDateTime(at)}</time>
        <Text size="sm" c="dimmed">
          {person}
          {openings > 1 && `, ${openings} razy`}
        </Text>
      </>
    );
  },
};

const answeredOf = (message: Message, entries: Entries): Column<Delivery> => ({
  id: "answer",
  header: "Odpowiedź",
  ordering: "answered_at",
  phone: "end",
  render: (delivery) => (
    <AnswerCell delivery={delivery}>
      {mayEnter(message, delivery) && <EnterAnswer delivery={delivery} entries={entries} />}
    </AnswerCell>
  ),
});

/** Only for units, that have the message, and never over an answer of their own. */
const mayEnter = ({ can }: Message, { recipient, delivered_at, recalled_at, answered_at, entered }: Delivery) =>
  recalled_at === null &&
  can.includes("enter_answer") &&
  recipient.kind === "unit" &&
  delivered_at !== null &&
  (answered_at === null || entered !== "");

/** The children stand beside the badge, where a dense row still shows them. */
function AnswerCell({ delivery, children }: { delivery: Delivery; children: ReactNode }) {
  const {
    answered_at: at,
    answer_version: version,
    is_late: isLate,
    answer_text: text,
    reminded_at: reminded,
  } = delivery;
  if (delivery.recalled_at !== null) {
    return null;
  }
  if (at === null) {
    return (
      <>
        <StatusBadge tone={isLate ? "danger" : "neutral"}>{isLate ? "milczy po terminie" : "jeszcze nie"}</StatusBadge>
        {children}
        {delivery.due_at && (
          <Text size="sm" c="dimmed">
            termin: {formatDateTime(delivery.due_at)}
          </Text>
        )}
        {reminded && (
          <Text size="sm" c="dimmed">
            ponaglono {formatDateTime(reminded)}
          </Text>
        )}
      </>
    );
  }
  return (
    <>
      <StatusBadge tone={isLate ? "warning" : "success"}>
        {delivery.entered ? (isLate ? "wpisana późno" : "wpisana") : isLate ? "po terminie" : "w terminie"}
      </StatusBadge>
      {children}
      <Text size="sm" c="dimmed">
        <time dateTime={at}>{formatDateTime(at)}</time>
        {version > 1 && `, wersja ${version}`}
      </Text>
      {delivery.entered && <Text className={classes.text}>{delivery.entered}</Text>}
      {delivery.problem && <StatusBadge tone="warning">arkusz do sprawdzenia</StatusBadge>}
      {text && <Text className={classes.text}>{text}</Text>}
    </>
  );
}

const FILES: Column<Delivery> = {
  id: "files",
  header: "Pliki",
  phone: "none",
  render: ({ files, recipient }) =>
    files.length > 0 ? (
      <FileLinks label={`Pliki: ${recipient.short_name}`} files={files} addressOf={answerFileAddress} />
    ) : null,
};

const STORY: Column<Delivery> = {
  id: "story",
  header: "Przebieg",
  phone: "bare",
  render: (delivery) =>
    delivery.opened_at === null && delivery.answered_at === null ? null : <DeliveryStory delivery={delivery} />,
};

/** Every recipient of a sent message: who has it, who opened it, who answered and with what. */
export function DeliveryTable({ message, refreshEvery }: DeliveryTableProps) {
  const view = useTableView({ filters: ["status"] as const, pageSize: PAGE });
  const status = oneOf(view.filters.status, statuses);
  const entries = useEntries();
  const wantsAnswer = message.answer_request !== null;
  const deliveries = api.useQuery(
    "get",
    "/api/v1/messaging/messages/{message_id}/deliveries/",
    { params: { path: { message_id: message.id }, query: { ...view.query, ...(status && { status }) } } },
    { placeholderData: keepPreviousData, refetchInterval: refreshEvery },
  );

  return (
    <div className={classes.frame}>
      <StatePictures message={message} refreshEvery={refreshEvery} onChoose={view.setSearch} />
      <StatusTiles
        counts={message.counts}
        wantsAnswer={wantsAnswer}
        chosen={status}
        onChoose={(next) => view.setFilter("status", next)}
      />
      <DataTable
        list="messaging.deliveries"
        label="Adresaci"
        isDense
        columns={[RECIPIENT, DELIVERED, OPENED, STORY, ...(wantsAnswer ? [answeredOf(message, entries), FILES] : [])]}
        query={deliveries}
        view={view}
        rowKey={(delivery) => delivery.id}
        empty={<EmptyState title="Nie ma adresatów">Ta wiadomość nie została do nikogo wysłana.</EmptyState>}
        tools={<SearchField label="Szukaj adresata" value={view.search} onChange={view.setSearch} />}
        exportHref={exportAddress(`${MESSAGING}messages/${message.id}/export/`, view)}
      />
      {message.answer_request && <EntryDialogs entries={entries} request={message.answer_request} />}
    </div>
  );
}
