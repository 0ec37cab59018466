import { Alert, Button, Modal, Radio, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconClock, IconFilePencil } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { api, type Schemas } from "@/api/client";
import { asProblem } from "@/api/problem";
import { DayField } from "@/ui/DayField";
import { EditForm } from "@/ui/EditForm";
import { FileDrop } from "@/ui/FileDrop";
import { errorOf } from "@/ui/fieldErrors";
import { formatDateTime } from "@/ui/format";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { notifyDone } from "@/ui/notify";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { ReadingDrop } from "@/ui/ReadingDrop";
import { useEdit } from "@/ui/useEdit";
import { type Reading, useReading } from "@/ui/useReading";
import { type Uploads, useUploads } from "@/ui/useUploads";
import classes from "./EnterAnswer.module.css";
import { KeptFiles } from "./KeptFiles";
import type { Answer, AnswerRequest, Delivery } from "./nouns";
import { refusedTitle, WORKBOOK_ENDINGS } from "./workbooks";

type Ground = Schemas["AnswerGroundEnum"];

const GROUNDS: Record<Ground, { label: string; words: string; placeholder: string; scan: string }> = {
  letter: {
    label: "pismo",
    words: "Znak pisma",
    placeholder: "np. znak SP5.021.3.2026",
    scan: "Skan pisma (nieobowiązkowy)",
  },
  email: {
    label: "e-mail",
    words: "Od kogo",
    placeholder: "np. z adresu sekretariat@sp5.pl",
    scan: "Zapis e-maila (nieobowiązkowy)",
  },
  phone: {
    label: "rozmowa telefoniczna",
    words: "Z kim rozmawiano",
    placeholder: "np. z dyrektor Anną Nowak",
    scan: "Notatka z rozmowy (nieobowiązkowa)",
  },
};
const KINDS = Object.keys(GROUNDS) as Ground[];

const hasRefused = ({ list }: Uploads) => list.some(({ refusal }) => refusal !== null);

/** What was begun and not entered yet, in this visit. It outlives its row, which a filter may take off the table. */
export interface Entries {
  begun: readonly Delivery[];
  /** The id of the delivery whose dialog stands open. */
  opened: string | null;
  open: (delivery: Delivery) => void;
  close: () => void;
  finish: (delivery: Delivery) => void;
}

export function useEntries(): Entries {
  const [begun, setBegun] = useState<readonly Delivery[]>([]);
  const [opened, setOpened] = useState<string | null>(null);
  const without = (delivery: Delivery) => (list: readonly Delivery[]) => list.filter(({ id }) => id !== delivery.id);
  return {
    begun,
    opened,
    open: (delivery) => {
      setBegun((before) => [...without(delivery)(before), delivery]);
      setOpened(delivery.id);
    },
    close: () => setOpened(null),
    finish: (delivery) => {
      setBegun(without(delivery));
      setOpened((before) => (before === delivery.id ? null : before));
    },
  };
}

/** The row's button: what the unit answered outside the system, entered for it with the ground. */
export function EnterAnswer({ delivery, entries }: { delivery: Delivery; entries: Entries }) {
  const label = delivery.entered ? "Popraw wpisaną odpowiedź" : "Wpisz odpowiedź z papieru";
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      className={classes.enter}
      aria-label={`${label}: ${delivery.recipient.short_name}`}
      title={label}
      onClick={() => entries.open(delivery)}
    >
      <IconFilePencil size={18} aria-hidden />
    </Button>
  );
}

/** The dialogs of what was begun; what was begun stays though the unit has answered meanwhile. */
export function EntryDialogs({ entries, request }: { entries: Entries; request: AnswerRequest }) {
  return entries.begun.map((delivery) => (
    <EntryDialog key={delivery.id} delivery={delivery} entries={entries} request={request} />
  ));
}

interface EntryDialogProps {
  delivery: Delivery;
  entries: Entries;
  request: AnswerRequest;
}

/** Closed, it keeps the files that were added; leaving the screen would lose them. */
function EntryDialog({ delivery, entries, request }: EntryDialogProps) {
  const reading = useReading({ purpose: "messaging.workbook", about: delivery.id, endings: WORKBOOK_ENDINGS });
  const files = useUploads();
  const scan = useUploads();
  const [isReady, setIsReady] = useState(false);
  useEffect(() => setIsReady(true), []); // born open, the dialog would not know where the focus is to return
  const { short_name: name } = delivery.recipient;
  const Form = delivery.entered ? Correcting : EntryForm;
  return (
    <>
      {(files.list.length > 0 || scan.list.length > 0 || reading.uploads.isSending) && (
        <LeaveGuard isNeeded title="Wyjść bez wpisania odpowiedzi?">
          Odpowiedź w imieniu {name} nie jest jeszcze wpisana. Wpisany tekst i przesłany arkusz zostaną tu zachowane;
          inne pliki trzeba będzie dodać ponownie.
        </LeaveGuard>
      )}
      <Modal
        opened={isReady && entries.opened === delivery.id}
        onClose={entries.close}
        title={`Odpowiedź w imieniu ${name}`}
        size="lg"
      >
        <Form
          delivery={delivery}
          request={request}
          added={{ reading, files, scan }}
          onClose={entries.close}
          onDone={() => entries.finish(delivery)}
        />
      </Modal>
    </>
  );
}

interface EntryProps {
  delivery: Delivery;
  request: AnswerRequest;
  /** What was added since it was begun. */
  added: { reading: Reading; files: Uploads; scan: Uploads };
  onClose: () => void;
  onDone: () => void;
}

/** What was entered before stands in the form. */
function Correcting(props: EntryProps) {
  const params = { path: { id: props.delivery.id } };
  const story = api.useQuery("get", "/api/v1/messaging/deliveries/{id}/", { params });
  if (!story.data) {
    return story.error ? (
      <ProblemAlert error={story.error} retry={() => void story.refetch()} />
    ) : (
      <Text c="dimmed">Wczytywanie…</Text>
    );
  }
  return <EntryForm {...props} previous={story.data.answers[0]} />;
}

function EntryForm(props: EntryProps & { previous?: Answer | undefined }) {
  const { delivery, request, previous, added, onClose, onDone } = props;
  const { reading, files, scan } = added;
  const workbook = reading.uploads;
  const all = [workbook, files, scan];
  const [isHeld, setIsHeld] = useState(false);
  const [sentWith, setSentWith] = useState("");
  const enter = api.useMutation("post", "/api/v1/messaging/deliveries/{id}/answers/", {
    meta: { refreshes: ["/api/v1/messaging/", "/api/v1/files/readings/"] },
    onSuccess: () => {
      form.forget();
      onDone();
      notifyDone(`Wpisano odpowiedź w imieniu ${delivery.recipient.short_name}.`);
    },
  });
  const chosen = [...all.flatMap(({ list }) => list.map(({ key }) => key)), reading.current?.id].join();
  const error = sentWith === chosen ? enter.error : null; // it says nothing of files chosen since
  const form = useEdit({
    begin: {
      ground: previous?.ground?.kind ?? ("letter" as Ground),
      text: previous?.text ?? "",
      ground_on: previous?.ground?.on ?? (null as string | null),
      ground_words: previous?.ground?.words ?? "",
      /** The files of the version before that do not go into this one. */
      dropped: [] as readonly string[],
    },
    labels: {
      ground: "Na podstawie",
      text: "Co odpowiedziała jednostka",
      ground_on: "Z dnia",
      ground_words: "Znak pisma albo rozmówca",
    },
    saving: [{ error, isPending: enter.isPending }],
    keptAs: `entered.${delivery.id}.${previous?.version ?? 0}`,
  });
  const { dropped, ground } = form.fields;
  const words = GROUNDS[ground];
  const kept = previous?.files.filter(({ id }) => !dropped.includes(id)) ?? [];
  const keptAs = (role: Answer["files"][number]["role"], replaced?: Uploads) =>
    replaced && replaced.list.length > 0 ? [] : kept.filter((file) => file.role === role);
  const drop = (id: string) => form.set({ dropped: [...dropped, id] });
  const refusal = error ? asProblem(error) : null;
  const isUnreadable = refusal?.code === "workbook_unreadable" || refusal?.code === "workbook_unlike";

  const save = (despiteProblems: boolean) => {
    const { text, ground_on, ground_words } = form.fields;
    const isLacking = all.some(hasRefused);
    setIsHeld(isLacking);
    if (isLacking || all.some(({ isSending }) => isSending)) {
      return;
    }
    setSentWith(chosen);
    enter.mutate({
      params: { path: { id: delivery.id } },
      body: {
        text: text.trim(),
        files: [...keptAs("file").map(({ file }) => file), ...files.stored.map(({ id }) => id)],
        workbook: reading.current?.file.id ?? workbook.stored[0]?.id ?? keptAs("workbook", workbook)[0]?.file ?? null,
        scan: scan.stored[0]?.id ?? keptAs("scan", scan)[0]?.file ?? null,
        ground,
        ground_on: ground_on ?? "",
        ground_words: ground_words.trim(),
        despite_problems: despiteProblems,
      },
    });
  };

  return (
    <EditForm
      form={form}
      refused="Odpowiedź nie została wpisana"
      refusal={
        isUnreadable ? (
          <Unreadable sentence={refusal.detail} isSending={enter.isPending} go={() => save(true)} />
        ) : undefined
      }
      save="Wpisz odpowiedź"
      press={{ loading: enter.isPending || reading.isUnderWay || all.some(({ isSending }) => isSending) }}
      cancel={onClose}
      onSave={() => save(false)}
    >
      <Rules request={request} />
      <Radio.Group {...form.choice("ground")} onChange={(next) => form.set({ ground: next as Ground })}>
        <Stack gap={6} mt={4}>
          {KINDS.map((one) => (
            <Radio key={one} value={one} label={GROUNDS[one].label} />
          ))}
        </Stack>
      </Radio.Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <DayField {...form.choice("ground_on")} isRequired />
        <TextInput
          {...form.input("ground_words")}
          label={words.words}
          placeholder={words.placeholder}
          maxLength={200}
          required
        />
      </SimpleGrid>
      <Textarea {...form.input("text")} autosize minRows={3} maxLength={100_000} />
      {request.wants_workbook && (
        <div>
          <ReadingDrop
            label="Arkusz wypełniony według odpowiedzi (nieobowiązkowy)"
            description="Wejdzie do scalonego zestawienia; bez niego tej jednostki w nim nie będzie."
            endings={WORKBOOK_ENDINGS}
            reading={reading}
            error={isUnreadable ? undefined : errorOf(refusal, "workbook")}
            refused={refusedTitle(reading.current?.failure_code)}
          />
          <KeptFiles files={reading.current ? [] : keptAs("workbook", workbook)} drop={drop} />
        </div>
      )}
      <div>
        <FileDrop label="Pliki odpowiedzi (nieobowiązkowe)" uploads={files} error={errorOf(refusal, "files")} />
        <KeptFiles files={keptAs("file")} drop={drop} />
      </div>
      <div>
        <FileDrop label={words.scan} uploads={scan} error={errorOf(refusal, "scan")} isSingle />
        <KeptFiles files={keptAs("scan", scan)} drop={drop} />
      </div>
      {isHeld && all.some(hasRefused) && (
        <Text role="alert" size="sm" c="var(--mantine-color-error)">
          Jeden z plików nie został przesłany. Usuń go z listy albo prześlij ponownie, a potem wpisz odpowiedź.
        </Text>
      )}
    </EditForm>
  );
}

/** Who will see it as what, and whether it will count as late. */
function Rules({ request: { due_at: due, locks_at: lock } }: { request: AnswerRequest }) {
  const isClosed = lock !== null && new Date(lock) <= new Date();
  return (
    <>
      <Text size="sm">
        Będzie wszędzie oznaczona jako wpisana przez Ciebie w imieniu jednostki. Jednostka dostanie powiadomienie i,
        dopóki przyjmujesz odpowiedzi, może wysłać własną: wtedy ważna jest jej odpowiedź.
      </Text>
      {(isClosed || due !== null) && (
        <Alert role="note" color={isClosed ? "caution" : "navy"} icon={<IconClock aria-hidden />}>
          <Text size="sm" c="var(--mantine-color-text)">
            {isClosed
              ? `Odpowiedzi zamknięto ${formatDateTime(lock)}; wpisana teraz będzie oznaczona „po terminie”.`
              : `Będzie „po terminie”, jeśli jest z dnia późniejszego niż termin (${formatDateTime(due ?? "")}).`}
          </Text>
        </Alert>
      )}
    </>
  );
}

function Unreadable({ sentence, isSending, go }: { sentence: string; isSending: boolean; go: () => void }) {
  return (
    <Alert color="danger" role="alert" icon={<IconAlertTriangle aria-hidden />} title="Odpowiedź nie została wpisana">
      <Stack gap="xs" align="flex-start">
        <Text c="var(--mantine-color-text)">{sentence}</Text>
        <Button variant="default" size="sm" loading={isSending} onClick={go}>
          Wpisz mimo to
        </Button>
      </Stack>
    </Alert>
  );
}
