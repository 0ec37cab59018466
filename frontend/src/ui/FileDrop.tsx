import { Button, FileButton, Group, Input, Progress, Text } from "@mantine/core";
import { IconCircleCheck, IconPaperclip, IconRefresh, IconTrash } from "@tabler/icons-react";
import { type DragEvent, useId, useState } from "react";
import classes from "@/ui/FileDrop.module.css";
import { formatSize } from "@/ui/format";
import type { Upload, Uploads } from "@/ui/useUploads";

interface FileDropProps {
  label: string;
  description?: string;
  error?: string;
  /** From useUploads. */
  uploads: Uploads;
  /** For the system's file dialog: ".xlsx,.ods". */
  accept?: string;
  /** One file alone: choosing another one takes its place. */
  isSingle?: boolean;
  isDisabled?: boolean;
}

/** Where files are dropped or chosen, and how each of them fares. The button does all that dropping does. */
export function FileDrop({
  label,
  description,
  error,
  uploads,
  accept,
  isSingle = false,
  isDisabled = false,
}: FileDropProps) {
  const [isOver, setIsOver] = useState(false);
  const id = useId();

  const take = (files: readonly File[]) => {
    if (isDisabled || files.length === 0) {
      return;
    }
    if (isSingle) {
      uploads.clear();
    }
    uploads.add(isSingle ? files.slice(0, 1) : files);
  };

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    take([...event.dataTransfer.files]);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as this is, and means the same
    <div role="group" aria-labelledby={`${id}-label`} aria-describedby={description ? `${id}-description` : undefined}>
      <Text id={`${id}-label`} fw={600} size="sm">
        {label}
      </Text>
      {description && (
        <Text id={`${id}-description`} size="sm" c="dimmed" mb={4}>
          {description}
        </Text>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button inside does the same */}
      <div
        className={`${classes.zone} ${isOver ? classes.over : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
      >
        <FileButton multiple accept={accept} onChange={take} inputProps={{ "aria-label": label }} disabled={isDisabled}>
          {(button) => (
            <Button variant="default" leftSection={<IconPaperclip size={18} aria-hidden />} {...button}>
              {isSingle ? "Wybierz plik" : "Wybierz pliki"}
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed">
          {isSingle ? "albo upuść go tutaj" : "albo upuść je tutaj"}
        </Text>
      </div>
      {error && <Input.Error mt={4}>{error}</Input.Error>}
      {uploads.list.length > 0 && (
        <ul className={classes.list} aria-label={`${label}: wybrane`}>
          {uploads.list.map((one) => (
            <FileLine key={one.key} upload={one} uploads={uploads} />
          ))}
        </ul>
      )}
    </div>
  );
}

function FileLine({ upload, uploads }: { upload: Upload; uploads: Uploads }) {
  const { key, source, share, check, stored, refusal, isPassing } = upload;
  const isChecked = check !== null && !refusal;
  return (
    <li className={`${classes.file} ${refusal ? classes.refused : ""}`}>
      <div>
        <Text size="sm" fw={600}>
          {source.name}
        </Text>
        <Text size="sm" c={refusal ? "var(--mantine-color-error)" : "dimmed"} role={refusal ? "alert" : undefined}>
          {refusal ??
            (stored ? formatSize(stored.size) : `${formatSize(source.size)}, wysłano ${Math.round(share * 100)}%`)}
        </Text>
        <Text size="sm" c="dimmed" role="status">
          {isChecked && (check || "Program antywirusowy sprawdza plik…")}
        </Text>
      </div>
      <Group gap={4}>
        {stored && <IconCircleCheck size={20} color="var(--opium-good-mark)" aria-label="Przesłano" role="img" />}
        {refusal && isPassing && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={() => uploads.retry(key)}
          >
            Ponów
          </Button>
        )}
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={`Usuń ${source.name}`}
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => uploads.remove(key)}
        >
          Usuń
        </Button>
      </Group>
      {!stored && !refusal && (
        <Progress
          className={classes.wide}
          value={share * 100}
          size="sm"
          animated={isChecked}
          aria-label={`${isChecked ? "Sprawdzanie" : "Przesyłanie"} ${source.name}`}
        />
      )}
    </li>
  );
}
