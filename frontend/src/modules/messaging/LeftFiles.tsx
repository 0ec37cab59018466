import { Button, Text, Title } from "@mantine/core";
import { IconFileAlert } from "@tabler/icons-react";
import { api } from "@/api/client";
import { formatDateTime, formatNumber } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { ProblemAlert } from "@/ui/ProblemAlert";
import classes from "./LeftFiles.module.css";
import type { AskedFile, MergeReport } from "./nouns";

type LeftFile = MergeReport["rejected"][number];

interface LeftFilesProps {
  mergeId: string;
  files: readonly LeftFile[];
  /** Whether the reader may ask for new ones. */
  mayAsk: boolean;
}

/** The files that are not in the result, each with the reason and the way to a new one. */
export function LeftFiles({ mergeId, files, mayAsk }: LeftFilesProps) {
  const path = { merge_id: mergeId };
  const asked = api.useQuery(
    "get",
    "/api/v1/messaging/merges/{merge_id}/file-requests/",
    { params: { path } },
    { enabled: files.some(({ answer }) => answer) },
  );
  if (files.length === 0) {
    return <Text>Wszystkie pliki dały się odczytać.</Text>;
  }
  return (
    <section aria-labelledby="left-files">
      <Title order={3} id="left-files" mb="xs">
        Pliki, których nie scalono ({formatNumber(files.length)})
      </Title>
      <ProblemAlert error={asked.error} retry={() => void asked.refetch()} />
      <ul className={classes.files}>
        {files.map((file) => (
          <li key={`${file.unit} ${file.file}`}>
            <Text fw={600}>
              {file.unit}: {file.file}
            </Text>
            <Text>{file.reason}</Text>
            <Fate mergeId={mergeId} file={file} mayAsk={mayAsk} state={stateOf(file, asked.data)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const stateOf = ({ answer }: LeftFile, asked: readonly AskedFile[] | undefined) =>
  asked?.find((one) => one.answer === answer);

interface FateProps {
  mergeId: string;
  file: LeftFile;
  mayAsk: boolean;
  state: AskedFile | undefined;
}

function Fate({ mergeId, file, mayAsk, state }: FateProps) {
  if (state === undefined) {
    return null;
  }
  if (state.is_replaced) {
    return (
      <Text size="sm" fw={500}>
        Przyszła nowsza odpowiedź: scal arkusze jeszcze raz.
      </Text>
    );
  }
  if (state.asked_at) {
    return (
      <Text size="sm" c="dimmed">
        Poproszono o nowy plik {formatDateTime(state.asked_at)}: {state.asked_by}. Jeszcze go nie ma.
      </Text>
    );
  }
  return mayAsk ? <Ask mergeId={mergeId} file={file} answer={state.answer} /> : null;
}

function Ask({ mergeId, file, answer }: { mergeId: string; file: LeftFile; answer: string }) {
  const ask = api.useMutation("post", "/api/v1/messaging/merges/{merge_id}/file-requests/", {
    meta: { isRereadWhenRefused: true },
    onSuccess: () => notifyDone(`Poproszono o nowy plik: ${file.unit}. Jednostka zna powód i może go wysłać.`),
  });
  return (
    <>
      <ProblemAlert error={ask.error} title="Nie poproszono o nowy plik" />
      <Button
        variant="default"
        size="xs"
        mt={4}
        leftSection={<IconFileAlert size={16} aria-hidden />}
        loading={ask.isPending}
        aria-label={`Poproś o nowy plik: ${file.unit}`}
        onClick={() => ask.mutate({ params: { path: { merge_id: mergeId } }, body: { answer } })}
      >
        Poproś o nowy plik
      </Button>
    </>
  );
}
