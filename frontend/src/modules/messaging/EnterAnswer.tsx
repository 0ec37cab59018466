import { Alert, Button, Modal, Radio, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertTriangle, IconClock, IconFilePencil } from "@tabler/icons-react";
import { useState } from "react";
import { api, type Schemas } from "@/api/client";
import { asProblem } from "@/api/problem";
import { DayField } from "@/ui/DayField";
import { EditForm } from "@/ui/EditForm";
import { FileDrop } from "@/ui/FileDrop";
import { errorOf } from "@/ui/fieldErrors";
import { formatDateTime } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { ReadingDrop } from "@/ui/ReadingDrop";
import { useEdit } from "@/ui/useEdit";
import { useReading } from "@/ui/useReading";
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

interface EnterAnswerProps {
  delivery: Delivery;
  request: AnswerRequest;
  /** Whether it may be begun now; what was begun stays open though the unit has answered meanwhile. */
  isOffered: boolean;
}

/** The row's button and its dialog: what the unit answered outside the system, entered for it with the ground. */
export function EnterAnswer({ delivery, request, isOffered }: EnterAnswerProps) {
  const [isOpen, dialog] = useDisclosure(false);
  const { short_name: name } = delivery.recipient;
  const label = delivery.entered ? "Popraw wpisaną odpowiedź" : "Wpisz odpowiedź z papieru";
  if (!isOffered && !isOpen) {
    return null;
  }
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        className={classes.enter}
        aria-label={`${label}: ${name}`}
        title={label}
        onClick={dialog.open}
      >
        <IconFilePencil size={18} aria-hidden />
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={`Odpowiedź w imieniu ${name}`} size="lg">
        {delivery.entered ? (
          <Correcting delivery={delivery} request={request} onDone={dialog.close} />
        ) : (
          <EntryForm delivery={delivery} request={request} onDone={dialog.close} />
        )}
      </Modal>
    </>
  );
}

interface EntryProps {
  delivery: Delivery;
  request: AnswerRequest;
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

function EntryForm({ delivery, request, previous, onDone }: EntryProps & { previous?: Answer | undefined }) {
  const [kept, setKept] = useState(previous?.files ?? []);
  const [isHeld, setIsHeld] = useState(false);
  const enter = api.useMutation("post", "/api/v1/messaging/deliveries/{id}/answers/", {
    meta: { refreshes: ["/api/v1/messaging/", "/api/v1/files/readings/"] },
    onSuccess: () => {
      form.forget();
      onDone();
      notifyDone(`Wpisano odpowiedź w imieniu ${delivery.recipient.short_name}.`);
    },
  });
  const reading = useReading({
    purpose: "messaging.workbook",
    about: delivery.id,
    endings: WORKBOOK_ENDINGS,
    onChange: () => enter.reset(),
  });
  const workbook = reading.uploads;
  const files = useUploads({}, () => enter.reset());
  const scan = useUploads({}, () => enter.reset());
  const all = [workbook, files, scan];
  const keptAs = (role: Answer["files"][number]["role"], replaced?: Uploads) =>
    replaced && replaced.list.length > 0 ? [] : kept.filter((file) => file.role === role);
  const drop = (id: string) => setKept(kept.filter((file) => file.id !== id));

  const [kind, setKind] = useState<Ground>(previous?.ground?.kind ?? "letter");
  const words = GROUNDS[kind];
  const form = useEdit({
    begin: {
      text: previous?.text ?? "",
      ground_on: previous?.ground?.on ?? (null as string | null),
      ground_words: previous?.ground?.words ?? "",
    },
    labels: { text: "Co odpowiedziała jednostka", ground_on: "Z dnia", ground_words: words.words },
    saving: [enter],
    keptAs: `entered.${delivery.id}.${previous?.version ?? 0}`,
    required: { ground_on: "Podaj dzień.", ground_words: "Bez tego nikt nie znajdzie podstawy odpowiedzi." },
  });
  const refusal = enter.error ? asProblem(enter.error) : null;
  const isUnreadable = refusal?.code === "workbook_unreadable" || refusal?.code === "workbook_unlike";

  const save = (despiteProblems: boolean) => {
    const { text, ground_on, ground_words } = form.fields;
    const isLacking = all.some(hasRefused);
    setIsHeld(isLacking);
    if (isLacking || ground_on === null || all.some(({ isSending }) => isSending)) {
      return;
    }
    enter.mutate({
      params: { path: { id: delivery.id } },
      body: {
        text: text.trim(),
        files: [...keptAs("file").map(({ file }) => file), ...files.stored.map(({ id }) => id)],
        workbook: reading.current?.file.id ?? workbook.stored[0]?.id ?? keptAs("workbook", workbook)[0]?.file ?? null,
        scan: scan.stored[0]?.id ?? keptAs("scan", scan)[0]?.file ?? null,
        ground: kind,
        ground_on,
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
      cancel={onDone}
      onSave={() => save(false)}
    >
      <Rules request={request} />
      <Radio.Group label="Na podstawie" value={kind} onChange={(chosen) => setKind(chosen as Ground)}>
        <Stack gap={6} mt={4}>
          {KINDS.map((one) => (
            <Radio key={one} value={one} label={GROUNDS[one].label} />
          ))}
        </Stack>
      </Radio.Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <DayField {...form.choice("ground_on")} isRequired />
        <TextInput {...form.input("ground_words")} placeholder={words.placeholder} maxLength={200} required />
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
