import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconClock, IconFileAlert, IconLock, IconPencil } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useParams } from "react-router";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { FactStrip } from "@/ui/FactStrip";
import { FileLinks } from "@/ui/FileLinks";
import { formatDateTime } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { Questions } from "@/ui/questions/Questions";
import { RelativeDue } from "@/ui/RelativeDue";
import { AnswerFate } from "./AnswerFate";
import { AnswerForm } from "./AnswerForm";
import { deadlineOf } from "./deadline";
import { HandOver } from "./HandOver";
import { type Answer, type AnswerRequest, attachmentAddress, DELIVERY, type Received } from "./nouns";
import classes from "./ReceivedMessage.module.css";
import { wantedOf } from "./wanted";

const ANSWER = "answer";

/** Tells the server, once for each arrival on the screen, that this person opened the message. */
function useOpening(id: string) {
  const told = useRef("");
  const { mutate } = api.useMutation("post", "/api/v1/messaging/inbox/{id}/open/", {
    onSuccess: () => {},
  });
  useEffect(() => {
    if (told.current !== id) {
      told.current = id;
      mutate({ params: { path: { id } } });
    }
  }, [id, mutate]);
}

/** One message as its recipient has it: what is written, what is asked for, and the answer. */
export function ReceivedMessage() {
  const { id = "" } = useParams();
  const { data: received } = api.useSuspenseQuery("get", "/api/v1/messaging/inbox/{id}/", { params: { path: { id } } });
  useOpening(id);

  return (
    <>
      <PageHeader
        title={received.subject}
        description={`${received.sender}, ${formatDateTime(received.sent_at)}, ${recipientOf(received)}`}
        back={{ to: "/messaging/inbox", label: "Odebrane" }}
      />
      <Stack>
        <Facts received={received} />
        <HandOver received={received} />
        <div className={classes.columns} data-single={received.answer_request === null}>
          <div className={classes.message}>
            <Panel title="Treść">
              <Text className={classes.body}>{received.body || "Wiadomość nie ma treści."}</Text>
            </Panel>
            {received.attachments.length > 0 && (
              <Panel title="Załączniki">
                <FileLinks label="Załączniki" files={received.attachments} addressOf={attachmentAddress} />
              </Panel>
            )}
          </div>
          <div className={classes.answer}>
            {received.answer_request ? (
              <AnswerPanel key={received.id} received={received} request={received.answer_request} />
            ) : (
              <Text c="dimmed">Nadawca nie prosi o odpowiedź.</Text>
            )}
          </div>
          <div className={classes.message}>
            <Questions
              kind={DELIVERY}
              id={received.id}
              title="Pytania do nadawcy"
              outside={received.recipient.kind === "unit" ? received.recipient.short_name : "adresat"}
              office="nadawca"
              invitation="Coś jest niejasne? Zapytaj nadawcę. Pytanie i odpowiedź zobaczą też osoby z Twojej jednostki, które widzą tę wiadomość."
            />
          </div>
          <Readings received={received} />
        </div>
      </Stack>
    </>
  );
}

/** Whose move it is, what is asked for, until when; on a phone the way to the answer is always in sight. */
function Facts({ received }: { received: Received }) {
  const { answer_request: request, answers, can } = received;
  const { person } = useSession();
  const newest = answers[0];
  const asked = newest?.file_request;
  const mayAnswer = request !== null && can.includes(ANSWER) && (asked || deadlineOf(request).state !== "closed");
  return (
    <FactStrip
      facts={[
        { name: "Czyj ruch", value: moverOf(received, Boolean(mayAnswer), person?.id) },
        {
          name: "Do kiedy",
          value: request?.due_at && <RelativeDue at={request.due_at} isMet={newest !== undefined} />,
        },
        { name: "O co prosi", value: request && wantedOf(request) },
        {
          name: "Co wysłano",
          value: newest && `${formatDateTime(newest.sent_at)}${newest.version > 1 ? `, wersja ${newest.version}` : ""}`,
        },
      ]}
      isActionForPhone
      action={
        mayAnswer &&
        (!newest || asked) && (
          <Button component="a" href={`#${ANSWER}`}>
            Przejdź do odpowiedzi
          </Button>
        )
      }
    />
  );
}

function moverOf(
  { answer_request: request, answers, handed }: Received,
  mayAnswer: boolean,
  me: string | undefined,
): string {
  if (request === null) {
    return "niczyj: nadawca nie prosi o odpowiedź";
  }
  if (answers[0]?.file_request) {
    return mayAnswer ? "Twój: wyślij nowy plik" : "osoby, która w jednostce odpowiada";
  }
  if (answers.length > 0) {
    return "nadawcy: odpowiedź wysłana";
  }
  if (deadlineOf(request).state === "closed") {
    return "niczyj: odpowiedzi nie są już przyjmowane";
  }
  if (handed && mayAnswer && handed.to.id !== me) {
    return `${handed.to.name}: ta osoba odpowiada`;
  }
  return mayAnswer ? "Twój: odpowiedz" : "osoby, która w jednostce odpowiada";
}

const recipientOf = ({ recipient }: Received) =>
  recipient.kind === "unit" ? `do jednostki: ${recipient.name}` : "do Ciebie";

function titleOf(newest: Answer | undefined, isCorrecting: boolean): string {
  if (!newest) {
    return "Odpowiedź";
  }
  if (isCorrecting) {
    return newest.entered ? "Własna odpowiedź" : "Poprawianie odpowiedzi";
  }
  return newest.entered ? "Odpowiedź wpisał wydział" : "Odpowiedź została wysłana";
}

function AnswerPanel({ received, request }: { received: Received; request: AnswerRequest }) {
  const [isCorrecting, setIsCorrecting] = useState(false);
  const heading = useRef<HTMLDivElement>(null);
  const deadline = deadlineOf(request);
  const newest = received.answers[0];
  const asked = newest?.file_request;
  const isOpen = deadline.state !== "closed" || Boolean(asked);
  const mayAnswer = received.can.includes(ANSWER);
  const isWriting = isOpen && mayAnswer && (isCorrecting || !newest);

  return (
    <div ref={heading} id={ANSWER} tabIndex={-1} className={classes.focus}>
      <Panel title={titleOf(newest, isCorrecting)}>
        <Stack>
          {asked && <AskedAnew asked={asked} />}
          {(!newest || isCorrecting) && !asked && <DeadlineNote deadline={deadline} />}
          {newest && !isCorrecting && <AnswerFate answers={received.answers} />}
          {!mayAnswer && !newest && (
            <Text>
              Możesz przeczytać tę wiadomość, ale odpowiedzieć na nią może tylko osoba uprawniona w jednostce, na
              przykład jej dyrektor.
            </Text>
          )}
          {isWriting && (
            <AnswerForm
              received={received}
              request={request}
              previous={newest}
              onSent={() => {
                setIsCorrecting(false);
                heading.current?.focus();
              }}
              onCancel={newest && (() => setIsCorrecting(false))}
            />
          )}
          {newest && !isCorrecting && mayAnswer && isOpen && (
            <div>
              <Button
                variant="default"
                leftSection={<IconPencil size={18} aria-hidden />}
                onClick={() => setIsCorrecting(true)}
              >
                {asked && "Wyślij nowy plik"}
                {!asked && (newest.entered ? "Odpowiedz samodzielnie" : "Popraw odpowiedź")}
              </Button>
              {newest.entered && (
                <Text size="sm" c="dimmed" mt={4}>
                  Jeśli wpisano ją niedokładnie, wyślij własną; to ona będzie wtedy ważna.
                </Text>
              )}
              {deadline.state === "late" && !asked && (
                <Text size="sm" c="dimmed" mt={4}>
                  {deadline.sentences[0]}
                </Text>
              )}
            </div>
          )}
          {newest && !isOpen && <Text size="sm">{deadline.sentences[0]}</Text>}
        </Stack>
      </Panel>
    </div>
  );
}

/** Why the sender asks for another file, and that it may be sent whatever was closed. */
function AskedAnew({ asked: { reason, asked_by, asked_at } }: { asked: NonNullable<Answer["file_request"]> }) {
  return (
    <Alert
      color="caution"
      role="note"
      icon={<IconFileAlert aria-hidden />}
      title={`${asked_by} prosi o nowy plik, ${formatDateTime(asked_at)}`}
    >
      <Text c="var(--mantine-color-text)">
        {reason} Nowy plik możesz wysłać także po zamknięciu odpowiedzi i nie będzie przez to spóźniony.
      </Text>
    </Alert>
  );
}

const NOTES = {
  open: { color: "navy", Icon: IconClock },
  late: { color: "caution", Icon: IconClock },
  closed: { color: "danger", Icon: IconLock },
} as const;

function DeadlineNote({ deadline: { state, sentences } }: { deadline: ReturnType<typeof deadlineOf> }) {
  const { color, Icon } = NOTES[state];
  const [first, ...others] = sentences;
  return (
    <Alert color={color} role="note" icon={<Icon aria-hidden />} title={first}>
      {others.length > 0 && <Text c="var(--mantine-color-text)">{others.join(" ")}</Text>}
    </Alert>
  );
}

function Readings({ received: { readings, recipient } }: { received: Received }) {
  if (recipient.kind !== "unit" || readings.length === 0) {
    return null;
  }
  return (
    <details className={classes.readings}>
      <summary>Kto otworzył tę wiadomość ({readings.length})</summary>
      <ul aria-label="Kto otworzył tę wiadomość">
        {readings.map(({ person, first_at }) => (
          <li key={`${person} ${first_at}`}>
            {person}, {formatDateTime(first_at)}
          </li>
        ))}
      </ul>
    </details>
  );
}
