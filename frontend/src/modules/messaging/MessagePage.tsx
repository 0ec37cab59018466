import { Stack, Text } from "@mantine/core";
import { IconFileSpreadsheet, IconFileZip } from "@tabler/icons-react";
import { Navigate, useParams } from "react-router";
import { api } from "@/api/client";
import { ButtonLink } from "@/ui/ButtonLink";
import { DownloadButton } from "@/ui/DownloadButton";
import { FactList } from "@/ui/FactList";
import { FactStrip } from "@/ui/FactStrip";
import { FileLinks } from "@/ui/FileLinks";
import { Fold } from "@/ui/Fold";
import { counted, formatDateTime } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { RelativeDue } from "@/ui/RelativeDue";
import { TextLink } from "@/ui/TextLink";
import { TroubleAlert } from "@/ui/TroubleAlert";
import { DeliveryTable } from "./DeliveryTable";
import { MessageMenu } from "./MessageMenu";
import classes from "./MessagePage.module.css";
import { MessageQuestions } from "./MessageQuestions";
import { type AnswerRequest, attachmentAddress, MESSAGING, type Message } from "./nouns";
import { RemindButton } from "./RemindButton";
import { UndoBar } from "./UndoBar";
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
        {message.leaves_in !== null && message.can.includes("undo") && (
          <UndoBar key={message.sent_at} message={message} leavesIn={message.leaves_in} />
        )}
        <Facts message={message} />
        <Content message={message} />
        <MessageQuestions id={message.id} />
        <DeliveryTable message={message} refreshEvery={refreshEvery(message)} />
      </Stack>
    </>
  );
}

type Deed = "merge" | "remind" | "archive";

/** The one thing to do next; the others stand quietly at the title. */
function nextOf({ can, counts }: Message): Deed | undefined {
  const isWorthIt: Record<Deed, boolean> = {
    merge: counts.answered > 0,
    remind: counts.silent > 0,
    archive: counts.answered > 0,
  };
  return (["merge", "remind", "archive"] as const).find((deed) => can.includes(deed) && isWorthIt[deed]);
}

/** A deed as a button; the next one in the primary colour. */
function DeedButton({ message, deed, isNext = false }: { message: Message; deed: Deed; isNext?: boolean }) {
  const variant = isNext ? "filled" : "default";
  if (deed === "remind") {
    return <RemindButton message={message} variant={variant} />;
  }
  return deed === "archive" ? (
    <DownloadButton
      href={`${MESSAGING}messages/${message.id}/archive/`}
      leftSection={<IconFileZip size={18} aria-hidden />}
      variant={variant}
    >
      Zapisz wszystko (ZIP)
    </DownloadButton>
  ) : (
    <ButtonLink
      to={`/messaging/messages/${message.id}/merge`}
      leftSection={<IconFileSpreadsheet size={18} aria-hidden />}
      variant={variant}
    >
      Scal arkusze
    </ButtonLink>
  );
}

function Deeds({ message }: { message: Message }) {
  const next = nextOf(message);
  return (
    <>
      {(["remind", "archive", "merge"] as const)
        .filter((deed) => deed !== next && message.can.includes(deed))
        .map((deed) => (
          <DeedButton key={deed} message={message} deed={deed} />
        ))}
      <MessageMenu message={message} />
    </>
  );
}

function Facts({ message }: { message: Message }) {
  const { counts, answer_request: request } = message;
  const next = nextOf(message);
  return (
    <FactStrip
      facts={[
        { name: "Czyj ruch", value: moverOf(message) },
        {
          name: "Do kiedy",
          value: request?.due_at && <RelativeDue at={request.due_at} isMet={counts.silent === 0} />,
        },
        { name: "Ile", value: <span role="status">{summaryOf(message)}</span> },
      ]}
      action={next && <DeedButton message={message} deed={next} isNext />}
    />
  );
}

/** Who has to do something now, so that the message comes to its end. */
function moverOf(message: Message): string {
  const { silent, recipients } = message.counts;
  if (message.leaves_in !== null) {
    return "Twój: możesz jeszcze cofnąć wysłanie";
  }
  if (isDelivering(message)) {
    return "systemu: wiadomość jest doręczana";
  }
  if (recipients === 0) {
    return "niczyj: wiadomość wycofano u wszystkich";
  }
  if (message.answer_request === null) {
    return "niczyj: nadawca nie prosi o odpowiedź";
  }
  return silent > 0 ? `adresatów: milczy ${silent} z ${recipients}` : "nadawcy: odpowiedzieli wszyscy";
}

function summaryOf(message: Message): string {
  const { recipients, delivered, opened, answered, recalled } = message.counts;
  if (message.leaves_in !== null) {
    return `${counted(recipients, "adresat", "adresatów", "adresatów")}, jeszcze nikt jej nie dostał`;
  }
  if (isDelivering(message) && message.trouble) {
    return `Doręczono: ${delivered} z ${recipients}.`;
  }
  if (isDelivering(message)) {
    return `Trwa doręczanie: ${delivered} z ${recipients}. Ta strona odświeża się sama.`;
  }
  const sentence = `Doręczono wszystkim (${counted(recipients, "adresat", "adresatów", "adresatów")}), otwarto u ${opened}`;
  const withdrawn = recalled > 0 ? ` Wycofano u ${recalled}.` : "";
  return message.answer_request ? `${sentence}, odpowiedziało ${answered}.${withdrawn}` : `${sentence}.${withdrawn}`;
}

function Content({ message }: { message: Message }) {
  const { body, attachments, answer_request: request } = message;
  return (
    <Fold
      title="Wysłana treść"
      note={attachments.length > 0 && counted(attachments.length, "załącznik", "załączniki", "załączników")}
    >
      <Stack>
        <Text className={classes.body}>{body || "Wiadomość nie ma treści."}</Text>
        {attachments.length > 0 && <FileLinks label="Załączniki" files={attachments} addressOf={attachmentAddress} />}
        {request && <Request request={request} />}
        {message.leaves_in === null && (
          <div>
            <TextLink to={`/messaging/messages/${message.id}/receipt`}>Potwierdzenie wysłania</TextLink>
          </div>
        )}
      </Stack>
    </Fold>
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
