import { Stack, Text } from "@mantine/core";
import { IconFileSpreadsheet, IconFileZip } from "@tabler/icons-react";
import { Navigate, useParams } from "react-router";
import { api } from "@/api/client";
import { ButtonLink } from "@/ui/ButtonLink";
import { DownloadButton } from "@/ui/DownloadButton";
import { FactList } from "@/ui/FactList";
import { counted, formatDateTime } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { RelativeDue } from "@/ui/RelativeDue";
import { TroubleAlert } from "@/ui/TroubleAlert";
import { DeliveryBar } from "./DeliveryBar";
import { DeliveryTable } from "./DeliveryTable";
import { FileLinks } from "./FileLinks";
import classes from "./MessagePage.module.css";
import { type AnswerRequest, attachmentAddress, MESSAGING, type Message } from "./nouns";
import { RemindButton } from "./RemindButton";
import { wantedOf } from "./wanted";

const WHILE_DELIVERING = 1_500;
const WHILE_ANSWERED = 20_000;

const isDelivering = ({ counts }: Message) => counts.delivered < counts.recipients;

function refreshEvery(message: Message | undefined): number | false {
  if (!message || message.state === "draft") {
    return false;
  }
  return isDelivering(message) && !message.trouble ? WHILE_DELIVERING : WHILE_ANSWERED;
}

/** A sent message as its sender watches it: who has it, who opened it, who answered; and what may be done with the answers. */
export function MessagePage() {
  const { id = "" } = useParams();
  const { data: message } = api.useSuspenseQuery(
    "get",
    "/api/v1/messaging/messages/{id}/",
    { params: { path: { id } } },
    { refetchInterval: ({ state }) => refreshEvery(state.data) },
  );
  if (message.state === "draft") {
    return <Navigate to={`/messaging/compose/${id}`} replace />;
  }

  if (message.state === "pending") {
    return <Navigate to={`/messaging/acceptance/${id}`} replace />;
  }

  return (
    <>
      <PageHeader
        title={message.subject}
        description={`${message.author.name}${message.sent_at ? `, wysłano ${formatDateTime(message.sent_at)}` : ""}`}
        back={{ to: "/messaging/messages", label: "Wysłane" }}
        actions={<Deeds message={message} />}
      />
      <Stack>
        <TroubleAlert sentence={message.trouble} />
        <Progress message={message} />
        <DeliveryTable message={message} refreshEvery={refreshEvery(message)} />
        <Content message={message} />
      </Stack>
    </>
  );
}

function Deeds({ message }: { message: Message }) {
  const { id, can } = message;
  return (
    <>
      {can.includes("remind") && <RemindButton message={message} />}
      {can.includes("archive") && (
        <DownloadButton
          href={`${MESSAGING}messages/${id}/archive/`}
          leftSection={<IconFileZip size={18} aria-hidden />}
          variant={can.includes("merge") ? "default" : "filled"}
        >
          Zapisz wszystko (ZIP)
        </DownloadButton>
      )}
      {can.includes("merge") && (
        <ButtonLink to={`/messaging/messages/${id}/merge`} leftSection={<IconFileSpreadsheet size={18} aria-hidden />}>
          Scal arkusze
        </ButtonLink>
      )}
    </>
  );
}

function Progress({ message }: { message: Message }) {
  const { counts, answer_request: request } = message;
  return (
    <Panel title="Stan">
      <Stack gap="xs">
        <DeliveryBar counts={counts} wantsAnswer={request !== null} isLarge />
        <Text role="status">{summaryOf(message)}</Text>
        {request?.due_at && (
          <div className={classes.due}>
            Termin odpowiedzi: <RelativeDue at={request.due_at} isMet={counts.silent === 0} />
          </div>
        )}
      </Stack>
    </Panel>
  );
}

function summaryOf(message: Message): string {
  const { recipients, delivered, opened, answered } = message.counts;
  if (isDelivering(message) && message.trouble) {
    return `Doręczono: ${delivered} z ${recipients}.`;
  }
  if (isDelivering(message)) {
    return `Trwa doręczanie: ${delivered} z ${recipients}. Ta strona odświeża się sama.`;
  }
  const sentence = `Doręczono wszystkim (${counted(recipients, "adresat", "adresatów", "adresatów")}), otwarto u ${opened}`;
  return message.answer_request ? `${sentence}, odpowiedziało ${answered}.` : `${sentence}.`;
}

function Content({ message }: { message: Message }) {
  const { body, attachments, answer_request: request } = message;
  return (
    <Panel title="Wysłana treść">
      <Stack>
        <Text className={classes.body}>{body || "Wiadomość nie ma treści."}</Text>
        {attachments.length > 0 && <FileLinks label="Załączniki" files={attachments} addressOf={attachmentAddress} />}
        {request && <Request request={request} />}
      </Stack>
    </Panel>
  );
}

function Request({ request }: { request: AnswerRequest }) {
  return (
    <FactList
      facts={[
        ["Prośba o", wantedOf(request)],
        ["Termin", request.due_at ? formatDateTime(request.due_at) : "bez terminu"],
        [
          "Zamknięcie",
          request.locks_at ? formatDateTime(request.locks_at) : "odpowiedzi są przyjmowane także po terminie",
        ],
      ]}
    />
  );
}
