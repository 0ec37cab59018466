import { Alert, Button, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconArrowBackUp, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { asProblem, type FieldProblem, Problem } from "@/api/problem";
import { AutosaveStatus } from "@/ui/AutosaveStatus";
import { FileDrop } from "@/ui/FileDrop";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { formatDateTime, formatSize } from "@/ui/format";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { useAutosave } from "@/ui/useAutosave";
import { useUploads } from "@/ui/useUploads";
import { READING } from "@/ui/widths";
import { AudiencePicker, useReach } from "./AudiencePicker";
import classes from "./DraftForm.module.css";
import { DraftOvertaken } from "./DraftOvertaken";
import type { Draft, DraftFile, Reach } from "./draft";
import { MESSAGING, type Message } from "./nouns";
import { SendDialog } from "./SendDialog";
import { WantedFields } from "./WantedFields";

const LABELS = {
  audience: "Adresaci",
  subject: "Temat",
  body: "Treść",
  attachments: "Załączniki",
  "answer_request.template": "Arkusz do wypełnienia",
  "answer_request.due_at": "Termin odpowiedzi",
  "answer_request.locks_at": "Zamknięcie",
  answer_request: "Odpowiedź",
};

const LONGEST_SUBJECT = 200;

function doneOf(reach: Reach | undefined): string {
  if (!reach) {
    return "Wysłano.";
  }
  if (reach.acceptance !== "none") {
    return "Przekazano do akceptacji.";
  }
  return reach.undo_seconds > 0 ? "" : `Wysłano do ${reach.after_do}.`; // else the bar of the next screen tells
}

interface DraftFormProps {
  initial: Draft;
  /** Why it came back from acceptance. */
  returned: Message["returned"];
  /** Keeps the draft on the server; `isOnScreen` is false for what is kept after the screen was left. */
  save: (draft: Draft, isOnScreen: boolean) => Promise<unknown>;
  /** What the draft, saved before, lacks to be sent; the server says it. */
  missingIn: (draft: Draft) => Promise<readonly FieldProblem[]>;
  /** Sends the kept draft; gives the id of the message. */
  send: () => Promise<string>;
  /** For when the draft was changed in another tab. */
  overtaken: {
    read: () => Promise<Draft>;
    takeTheirs: () => Promise<void>;
    /** Lets the next save stand over the other one. */
    keepMine: () => Promise<void>;
  };
}

/** Everything about a message before it leaves; it saves itself, and is shown in one sentence before it is sent. */
export function DraftForm({ initial, returned, save, missingIn, send, overtaken }: DraftFormProps) {
  const [content, setContent] = useState(initial);
  const [olderFiles, setOlderFiles] = useState<readonly DraftFile[]>(initial.files);
  const uploads = useUploads();
  const navigate = useNavigate();
  const isOnScreen = useIsOnScreen();

  const newFiles = uploads.stored.map(({ id, name, size }) => ({ file: id, name, size }));
  const draft: Draft = { ...content, files: [...olderFiles, ...newFiles] };
  const change = (part: Partial<Draft>) => setContent((before) => ({ ...before, ...part }));

  const autosave = useAutosave(draft, (value) => save(value, isOnScreen.current));
  useSavingOnLeave(autosave.flush);

  const { reach } = useReach(draft.audience);
  const [isAsked, setIsAsked] = useState(false);
  const check = useMutation({
    meta: { refreshes: [] },
    mutationFn: async () => {
      await autosave.flush();
      const missing = await missingIn(draft);
      if (missing.length > 0) {
        throw new Problem(422, "message_incomplete", "Uzupełnij to, czego brakuje.", missing);
      }
    },
    onSuccess: () => {
      sending.reset();
      setIsAsked(true);
    },
  });
  const leave = async (id: string) => navigate(`/messaging/messages/${id}`, { replace: true });
  const isPressed = useRef(false); // a second press comes before the button is drawn as busy
  const sending = useMutation({
    meta: { refreshes: [MESSAGING] },
    mutationFn: send,
    onSettled: () => {
      isPressed.current = false;
    },
    onSuccess: async (id) => {
      const done = doneOf(reach);
      if (done) {
        notifyDone(done);
      }
      await leave(id);
    },
    onError: (error) => setIsAsked(asProblem(error).fields.length === 0),
  });
  const error = sending.error ?? check.error ?? autosave.error;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    sending.reset();
    check.mutate();
  };

  return (
    <>
      <PageHeader title="Nowa wiadomość" back={{ to: "/messaging/drafts", label: "Robocze" }} />
      <form onSubmit={submit} noValidate>
        <Stack maw={READING}>
          {returned && (
            <Alert
              color="caution"
              icon={<IconArrowBackUp aria-hidden />}
              title="Wiadomość wróciła do poprawy"
              role="note"
            >
              <Text c="var(--mantine-color-text)">
                {returned.who}, {formatDateTime(returned.at)}: „{returned.reason}”
              </Text>
            </Alert>
          )}
          {!isAsked && (sending.error || check.error) ? (
            <FormErrorSummary error={sending.error ?? check.error} labels={LABELS} title="Jeszcze nie można wysłać" />
          ) : null}
          <Panel title="Adresaci">
            <AudiencePicker
              value={draft.audience}
              onChange={(audience) => change({ audience })}
              error={errorOf(error, "audience")}
            />
          </Panel>
          <Panel title="Treść">
            <Stack>
              <TextInput
                id="subject"
                label={LABELS.subject}
                value={draft.subject}
                maxLength={LONGEST_SUBJECT}
                onChange={(event) => change({ subject: event.currentTarget.value })}
                error={errorOf(error, "subject")}
              />
              <Textarea
                id="body"
                label={LABELS.body}
                autosize
                minRows={6}
                value={draft.body}
                onChange={(event) => change({ body: event.currentTarget.value })}
                error={errorOf(error, "body")}
              />
              <div id="attachments" tabIndex={-1}>
                <FileDrop label="Załączniki" uploads={uploads} error={errorOf(error, "attachments")} />
                <OlderFiles
                  files={olderFiles}
                  drop={(file) => setOlderFiles(olderFiles.filter((one) => one.file !== file))}
                />
              </div>
            </Stack>
          </Panel>
          <Panel title="O jaką odpowiedź prosisz?">
            <WantedFields draft={draft} onChange={(wanted) => change({ wanted })} error={error} />
          </Panel>
          <div className={classes.foot}>
            <AutosaveStatus autosave={autosave} />
            <Button type="submit" size="md" loading={check.isPending || uploads.isSending}>
              Dalej: sprawdź i wyślij
            </Button>
          </div>
        </Stack>
      </form>
      <DraftOvertaken
        error={autosave.state === "failed" ? autosave.error : null}
        mine={draft}
        read={overtaken.read}
        takeTheirs={() => void overtaken.takeTheirs()}
        keepMine={() => void overtaken.keepMine().then(autosave.flush).catch(notifyRefused)}
      />
      <SendDialog
        isOpen={isAsked}
        draft={draft}
        reach={reach}
        isSending={sending.isPending || sending.isSuccess}
        error={sending.error}
        onSend={() => {
          if (!isPressed.current) {
            isPressed.current = true;
            sending.mutate();
          }
        }}
        onClose={() => setIsAsked(false)}
      />
    </>
  );
}

function useIsOnScreen() {
  const isOnScreen = useRef(true);
  useEffect(() => {
    isOnScreen.current = true;
    return () => {
      isOnScreen.current = false;
    };
  }, []);
  return isOnScreen;
}

/** What was typed within the last second is kept too when the person goes to another screen. */
function useSavingOnLeave(flush: () => Promise<void>) {
  const newest = useRef(flush);
  useEffect(() => {
    newest.current = flush;
  });
  useEffect(
    () => () => {
      newest.current().catch(notifyRefused);
    },
    [],
  );
}

function OlderFiles({ files, drop }: { files: readonly DraftFile[]; drop: (file: string) => void }) {
  if (files.length === 0) {
    return null;
  }
  return (
    <ul className={classes.files} aria-label="Dołączone wcześniej">
      {files.map(({ file, name, size }) => (
        <li key={file}>
          <span>
            <strong>{name}</strong> {formatSize(size)}
          </span>
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={`Usuń ${name}`}
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => drop(file)}
          >
            Usuń
          </Button>
        </li>
      ))}
    </ul>
  );
}
