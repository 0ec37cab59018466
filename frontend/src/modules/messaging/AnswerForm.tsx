import { Alert, Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertTriangle, IconDownload, IconSend } from "@tabler/icons-react";
import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from "react";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { FileDrop } from "@/ui/FileDrop";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { notifyDone } from "@/ui/notify";
import { ReadingDrop } from "@/ui/ReadingDrop";
import { useReading } from "@/ui/useReading";
import { type Uploads, useUploads } from "@/ui/useUploads";
import classes from "./AnswerForm.module.css";
import { KeptFiles } from "./KeptFiles";
import { useKeptText } from "./keptText";
import { type Answer, type AnswerRequest, attachmentAddress, type Received } from "./nouns";
import { refusedTitle, WORKBOOK_ENDINGS } from "./workbooks";

const LABELS = { text: "Twoja odpowiedź", files: "Dodaj pliki", workbook: "Dodaj wypełniony arkusz" };
/** Refusals of a workbook that may be sent all the same. */
const DOUBTED: ReadonlySet<string> = new Set(["workbook_unreadable", "workbook_unlike"]);
/** How long a press waits for the server to read the workbook, in milliseconds; then the answer goes without it. */
const PATIENCE = 4000;

interface AnswerFormProps {
  received: Received;
  request: AnswerRequest;
  /** The newest answer, when this one corrects it. */
  previous: Answer | undefined;
  onSent: () => void;
  onCancel?: () => void;
}

const hasRefused = ({ list }: Uploads) => list.some(({ refusal }) => refusal !== null);

/** What the sender asked for, step by step, and one button. A workbook that the server cannot read may be sent all the same. */
export function AnswerForm({ received, request, previous, onSent, onCancel }: AnswerFormProps) {
  const { text, change, forget } = useKeptText(received.id, previous?.text ?? "");
  const [kept, setKept] = useState(previous?.files.filter(({ role }) => role !== "scan") ?? []);
  const [isHeld, setIsHeld] = useState(false);
  const [isWaiting, setIsWaiting] = useState(false); // pressed before the server has read the workbook
  const isPressed = useRef(false); // a second press comes before the button is drawn as busy
  const send = api.useMutation("post", "/api/v1/messaging/inbox/{id}/answers/", {
    meta: { isRereadFirst: true, refreshes: ["/api/v1/messaging/", "/api/v1/files/readings/"] },
    onSettled: () => {
      isPressed.current = false;
    },
    onSuccess: () => {
      forget();
      workbook.finish();
      files.clear();
      notifyDone("Odpowiedź wysłana.");
      onSent();
    },
  });
  const workbook = useReading({
    purpose: "messaging.workbook",
    about: received.id,
    endings: WORKBOOK_ENDINGS,
    onChange: () => send.reset(),
  });
  const files = useUploads({}, () => send.reset());

  const keptFiles = kept.filter(({ role }) => role === "file");
  const chosenWorkbook = workbook.uploads.stored[0]?.id ?? workbook.current?.file.id;
  const keptWorkbook =
    workbook.uploads.list.length === 0 && !chosenWorkbook ? kept.find(({ role }) => role === "workbook") : undefined;
  const drop = (id: string) => setKept(kept.filter((file) => file.id !== id));

  const refusal = send.error ? asProblem(send.error) : null;
  const isKnownBad = workbook.current?.state === "failed" && !workbook.current.may_help_again;
  const isUnreadable = refusal !== null && DOUBTED.has(refusal.code);
  const isBusy = workbook.uploads.isSending || files.isSending;
  const hasAdded = workbook.uploads.list.length > 0 || files.list.length > 0;
  const [isAsked, question] = useDisclosure(false);
  const hasRefusedFile = hasRefused(workbook.uploads) || hasRefused(files);

  const submit = (despiteProblems: boolean) => {
    setIsHeld(hasRefusedFile);
    if (isBusy || isPressed.current || hasRefusedFile) {
      return;
    }
    if (workbook.isUnderWay && !despiteProblems) {
      setIsWaiting(true);
    } else if (!isKnownBad || despiteProblems) {
      post(despiteProblems);
    }
  };

  const post = (despiteProblems: boolean) => {
    isPressed.current = true;
    send.mutate({
      params: { path: { id: received.id } },
      body: {
        text: text.trim(),
        files: [...keptFiles.map(({ file }) => file), ...files.stored.map(({ id }) => id)],
        workbook: chosenWorkbook ?? keptWorkbook?.file ?? null,
        despite_problems: despiteProblems,
      },
    });
  };

  const goOn = useRef(() => {});
  goOn.current = () => {
    setIsWaiting(false);
    if (!isKnownBad) {
      post(false);
    }
  };
  const isRead = !workbook.isUnderWay;
  useEffect(() => {
    if (!isWaiting) {
      return;
    }
    const timer = setTimeout(() => goOn.current(), isRead ? 0 : PATIENCE);
    return () => clearTimeout(timer);
  }, [isWaiting, isRead]);

  const template = received.attachments.find(({ id }) => id === request.template);
  const steps: { key: string; content: ReactNode }[] = [];
  if (request.wants_workbook && template) {
    steps.push({ key: "template", content: <Template attachment={template} /> });
  }
  if (request.wants_workbook) {
    steps.push({
      key: "workbook",
      content: (
        <>
          <ReadingDrop
            label={LABELS.workbook}
            endings={WORKBOOK_ENDINGS}
            reading={workbook}
            error={isUnreadable ? undefined : errorOf(refusal, "workbook")}
            refused={refusedTitle(workbook.current?.failure_code)}
            instead={
              isKnownBad && (
                <Button variant="default" size="sm" loading={send.isPending} onClick={() => submit(true)}>
                  Wyślij mimo to
                </Button>
              )
            }
          />
          <KeptFiles files={keptWorkbook ? [keptWorkbook] : []} drop={drop} />
          {isUnreadable && !isKnownBad && (
            <Unreadable sentence={refusal.detail} isSending={send.isPending} sendAnyway={() => submit(true)} />
          )}
        </>
      ),
    });
  }
  if (request.wants_files) {
    steps.push({
      key: "files",
      content: (
        <>
          <FileDrop label={LABELS.files} uploads={files} error={errorOf(refusal, "files")} />
          <KeptFiles files={keptFiles} drop={drop} />
        </>
      ),
    });
  }
  steps.push({
    key: "text",
    content: (
      <Textarea
        id="text"
        label={request.wants_text ? LABELS.text : "Uwagi dla nadawcy (nieobowiązkowe)"}
        autosize
        minRows={request.wants_text ? 4 : 2}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
        error={errorOf(refusal, "text")}
      />
    ),
  });

  return (
    <form
      noValidate
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        submit(false);
      }}
    >
      <LeaveGuard isNeeded={!send.isPending && hasAdded} title="Wyjść bez wysłania odpowiedzi?">
        Odpowiedź nie trafiła jeszcze do nadawcy. Dodany arkusz i wpisany tekst zostaną tu zachowane; inne pliki trzeba
        będzie dodać ponownie.
      </LeaveGuard>
      <Stack>
        {refusal && !isUnreadable && (
          <FormErrorSummary error={refusal} labels={LABELS} title="Odpowiedź nie została wysłana" />
        )}
        {previous && (
          <Text size="sm">
            {previous.entered ? "Twoja odpowiedź zastąpi wpisaną przez wydział." : "Nowa wersja zastąpi poprzednią."}{" "}
            Pliki, których nie usuniesz ani nie zastąpisz, zostaną; poprzednia wersja pozostanie w historii.
          </Text>
        )}
        <ConfirmDialog
          isOpen={isAsked}
          title="Przerwać poprawianie?"
          confirmLabel="Przerwij poprawianie"
          onConfirm={() => onCancel?.()}
          onClose={question.close}
        >
          Wysłana odpowiedź zostanie taka, jaka jest. Dodane pliki trzeba będzie potem dodać ponownie; wpisany tekst tu
          zostanie.
        </ConfirmDialog>
        <Steps steps={steps} />
        {isHeld && hasRefusedFile && (
          <Text role="alert" size="sm" c="var(--mantine-color-error)">
            Jeden z plików nie został przesłany. Usuń go z listy albo prześlij ponownie, a potem wyślij odpowiedź.
          </Text>
        )}
        <Group justify="flex-end">
          {onCancel && (
            <Button variant="default" onClick={hasAdded ? question.open : onCancel}>
              Anuluj
            </Button>
          )}
          <Button
            type="submit"
            size="md"
            loading={isBusy || isWaiting || (send.isPending && !isUnreadable && !isKnownBad)}
            leftSection={<IconSend size={18} aria-hidden />}
          >
            {previous ? "Wyślij poprawioną odpowiedź" : "Wyślij odpowiedź"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** One thing alone is not numbered. */
function Steps({ steps }: { steps: readonly { key: string; content: ReactNode }[] }) {
  if (steps.length === 1) {
    return steps[0]?.content;
  }
  return (
    <ol className={classes.steps}>
      {steps.map(({ key, content }) => (
        <li key={key} id={key === "text" ? undefined : key} tabIndex={-1}>
          {content}
        </li>
      ))}
    </ol>
  );
}

function Template({ attachment }: { attachment: Received["attachments"][number] }) {
  return (
    <>
      <Text fw={600} size="sm" mb={4}>
        Pobierz arkusz i wypełnij go
      </Text>
      <Button
        component="a"
        href={attachmentAddress(attachment.id)}
        download
        variant="light"
        leftSection={<IconDownload size={18} aria-hidden />}
        className={classes.template}
      >
        {attachment.name}
      </Button>
    </>
  );
}

function Unreadable(props: { sentence: string; isSending: boolean; sendAnyway: () => void }) {
  return (
    <Alert
      mt="sm"
      color="danger"
      role="alert"
      icon={<IconAlertTriangle aria-hidden />}
      title="Arkusz nie został wysłany"
    >
      <Stack gap="xs" align="flex-start">
        <Text c="var(--mantine-color-text)">{props.sentence}</Text>
        <Button variant="default" size="sm" loading={props.isSending} onClick={props.sendAnyway}>
          Wyślij mimo to
        </Button>
      </Stack>
    </Alert>
  );
}
