import { Alert, Button, Group, List, Progress, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconRefresh, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { FileDrop } from "@/ui/FileDrop";
import classes from "@/ui/FileDrop.module.css";
import { formatSize } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import type { FileReading, Reading } from "@/ui/useReading";

interface ReadingDropProps {
  label: string;
  description?: string;
  endings: readonly string[];
  /** From useReading. */
  reading: Reading;
  error?: string;
  /** The title of a refusal: "Nie udało się odczytać arkusza". */
  refused: string;
  /** What else can be done about a file that cannot be read. */
  instead?: ReactNode;
}

/** Where one file is chosen, and how the server fares with reading it. */
export function ReadingDrop({ label, description, endings, reading, error, refused, instead }: ReadingDropProps) {
  const { uploads, current, isUnderWay } = reading;
  const isFromBefore = current !== undefined && uploads.list.length === 0;
  return (
    <Stack gap="sm">
      <FileDrop
        label={label}
        description={description}
        uploads={uploads}
        accept={endings.join(",")}
        error={error}
        isSingle
      />
      {isFromBefore && <FromBefore reading={current} forget={reading.forget} />}
      <ProblemAlert title={refused} error={reading.error} retry={reading.again} />
      <div role="status">{isUnderWay && !uploads.isSending && <UnderWay reading={current} />}</div>
      {current?.state === "failed" && (
        <Failure reading={current} title={refused} again={reading.again} instead={instead} />
      )}
    </Stack>
  );
}

/** A file that was chosen before the screen was opened. */
function FromBefore({ reading, forget }: { reading: FileReading; forget: () => void }) {
  const { file, state } = reading;
  return (
    <div className={classes.file}>
      <div>
        <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
          {file.name}
        </Text>
        <Text size="sm" c="dimmed">
          {formatSize(file.size)}, wybrany wcześniej
        </Text>
      </div>
      <Group gap={4}>
        {state === "done" && <IconCircleCheck size={20} color="#145a32" aria-label="Odczytano" role="img" />}
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={`Usuń ${file.name}`}
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={forget}
        >
          Usuń
        </Button>
      </Group>
    </div>
  );
}

function UnderWay({ reading }: { reading: FileReading | undefined }) {
  const label = reading?.state === "running" ? "Odczytuję plik…" : "Plik czeka na odczytanie…";
  return (
    <Stack gap={4}>
      <Text fw={600}>{label}</Text>
      <Progress value={100} animated size="lg" aria-label={label} />
      <Text size="sm" c="dimmed">
        Możesz opuścić tę stronę: praca trwa dalej, a wynik będzie tutaj.
      </Text>
    </Stack>
  );
}

interface FailureProps {
  reading: FileReading;
  title: string;
  again: () => void;
  instead?: ReactNode;
}

function Failure({ reading, title, again, instead }: FailureProps) {
  return (
    <Alert color="danger" role="alert" icon={<IconAlertTriangle aria-hidden />} title={title}>
      <Stack gap="xs" align="flex-start">
        <Text c="var(--mantine-color-text)">{reading.failure}</Text>
        {reading.faults.length > 0 && (
          <List size="sm" style={{ maxHeight: "16rem", overflowY: "auto" }}>
            {reading.faults.map(({ field, detail }) => (
              <List.Item key={`${field} ${detail}`} c="var(--mantine-color-text)">
                {[field, detail].filter(Boolean).join(": ")}
              </List.Item>
            ))}
          </List>
        )}
        {reading.may_help_again && (
          <Button variant="default" size="sm" leftSection={<IconRefresh size={16} aria-hidden />} onClick={again}>
            Odczytaj ponownie
          </Button>
        )}
        {instead}
      </Stack>
    </Alert>
  );
}
