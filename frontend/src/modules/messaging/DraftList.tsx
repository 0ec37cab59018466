import { Button } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { ButtonLink } from "@/ui/ButtonLink";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { formatDateTime } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { SearchField } from "@/ui/SearchField";
import { TextLink } from "@/ui/TextLink";
import { useTableView } from "@/ui/tableView";
import type { MessageSummary } from "./nouns";

const titleOf = ({ subject }: MessageSummary) => subject || "(bez tematu)";

/** Messages that have been handed over and wait for somebody's acceptance. */
function PendingMessages() {
  const {
    data: pending,
    error,
    refetch,
  } = api.useQuery("get", "/api/v1/messaging/messages/", {
    params: { query: { state: "pending", mine: true, page_size: 100, ordering: "-updated_at" } },
  });
  if (error) {
    return (
      <ProblemAlert
        title="Nie udało się wczytać wiadomości, które czekają na akceptację"
        error={error}
        retry={() => void refetch()}
      />
    );
  }
  if (!pending || pending.results.length === 0) {
    return null;
  }
  return (
    <Panel title="Czekają na akceptację">
      <ul>
        {pending.results.map((message) => (
          <li key={message.id}>
            <TextLink to={`/messaging/acceptance/${message.id}`}>{titleOf(message)}</TextLink>, przekazano{" "}
            <time dateTime={message.updated_at}>{formatDateTime(message.updated_at)}</time>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What this person began to write and has not sent. */
export function DraftList() {
  const view = useTableView({ ordering: "-updated_at" });
  const [doomed, setDoomed] = useState<MessageSummary | null>(null);
  const drafts = api.useQuery(
    "get",
    "/api/v1/messaging/messages/",
    { params: { query: { ...view.query, state: "draft" } } },
    { placeholderData: keepPreviousData, staleTime: 0 },
  );
  const discard = api.useMutation("delete", "/api/v1/messaging/messages/{id}/", {
    onSuccess: () => {
      setDoomed(null);
      notifyDone("Usunięto szkic.");
    },
  });
  const close = () => {
    setDoomed(null);
    discard.reset();
  };

  const columns: readonly [Column<MessageSummary>, ...Column<MessageSummary>[]] = [
    {
      id: "draft",
      header: "Szkic",
      ordering: "subject",
      render: (draft) => (
        <TextLink to={`/messaging/compose/${draft.id}`} fw={600}>
          {titleOf(draft)}
        </TextLink>
      ),
    },
    {
      id: "changed",
      header: "Ostatnia zmiana",
      phone: "bare",
      ordering: "updated_at",
      render: ({ updated_at: at }) => <time dateTime={at}>{formatDateTime(at)}</time>,
    },
    {
      id: "deletion",
      header: "Usuwanie",
      phone: "end",
      render: (draft) => (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconTrash size={16} aria-hidden />}
          aria-label={`Usuń szkic: ${titleOf(draft)}`}
          onClick={() => setDoomed(draft)}
        >
          Usuń
        </Button>
      ),
    },
  ];
  const compose = <ButtonLink to="/messaging/compose">Nowa wiadomość</ButtonLink>;

  return (
    <>
      <PageHeader
        title="Robocze"
        description="Wiadomości zaczęte i jeszcze niewysłane. Zapisują się same; widzisz je tylko Ty."
        actions={compose}
      />
      <PendingMessages />
      <DataTable
        list="messaging.drafts"
        label="Wiadomości robocze"
        columns={columns}
        query={drafts}
        view={view}
        rowKey={(draft) => draft.id}
        empty={
          <EmptyState title="Nie ma wiadomości roboczych" action={compose}>
            Gdy przerwiesz pisanie, wiadomość zaczeka tutaj.
          </EmptyState>
        }
        tools={<SearchField label="Szukaj w roboczych" value={view.search} onChange={view.setSearch} />}
      />
      <ConfirmDialog
        isOpen={doomed !== null}
        title={`Usunąć szkic „${doomed ? titleOf(doomed) : ""}”?`}
        confirmLabel="Usuń"
        isDangerous
        isWorking={discard.isPending}
        error={discard.error}
        onConfirm={() => doomed && discard.mutate({ params: { path: { id: doomed.id } } })}
        onClose={close}
      >
        Szkicu i jego załączników nie da się przywrócić.
      </ConfirmDialog>
    </>
  );
}
