import { Button, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { StoredFile } from "@/api/upload";
import { FileCaution } from "@/ui/FileCaution";
import { FileDrop } from "@/ui/FileDrop";
import classes from "@/ui/filling/FileAnswer.module.css";
import { asList, asText, type FieldProps } from "@/ui/filling/fieldParts";
import type { FileFact } from "@/ui/filling/projection";
import { formatSize } from "@/ui/format";
import { useUploads } from "@/ui/useUploads";

const WORKBOOKS = [".xlsx", ".xls", ".ods"];

interface FileAnswerProps extends FieldProps<"file" | "workbook"> {
  /** What the server knows of the files answered. */
  files: readonly FileFact[];
}

/** With the point, as names of files have them. */
const endingsOf = (type: string, endings: readonly string[] = []): readonly string[] =>
  type === "workbook" ? WORKBOOKS : endings.map((ending) => `.${ending}`);

function limitsIn(type: string, { endings, max_size, max_count }: FieldProps["options"]): string {
  return [
    `Dopuszczalne: ${endingsOf(type, endings).join(", ") || "każdy rodzaj pliku"}`,
    max_size ? `największy ${formatSize(max_size)}` : "",
    type === "file" && max_count ? `najwyżej ${max_count}` : "",
  ]
    .filter(Boolean)
    .join("; ");
}

/** The ids of a file's answer, whether it takes one file or many. */
export const fileIds = (type: string, value: FieldProps["value"]): readonly string[] =>
  (type === "workbook" ? [value] : asList(value)).map(asText).filter(Boolean);

/** Files as an answer: what was stored before, what is on its way, and a place for more. */
export function FileAnswer(props: FileAnswerProps) {
  const { id, type, label, help, options, value, onChange, error, isRequired, files } = props;
  const isSingle = type === "workbook" || options.max_count === 1;
  const [known, setKnown] = useState<ReadonlyMap<string, FileFact>>(new Map());
  const ids = fileIds(type, value);
  const newest = useRef({ ids, onChange });
  useEffect(() => {
    newest.current = { ids, onChange };
  });

  const answer = (next: readonly string[]) => {
    newest.current.ids = next; // two files may arrive between two drawings
    newest.current.onChange(type === "workbook" ? (next.at(-1) ?? null) : next.length > 0 ? next : null);
  };
  const endings = endingsOf(type, options.endings);
  const limits = {
    ...(endings.length > 0 ? { endings } : {}),
    ...(options.max_size ? { maxSize: options.max_size } : {}),
  };
  const uploads = useUploads(limits, (file: StoredFile) => {
    setKnown((before) => new Map(before).set(file.id, file));
    answer(isSingle ? [file.id] : [...newest.current.ids, file.id]);
  });
  // What has arrived is listed among the answered files, not twice.
  const onTheWay = { ...uploads, list: uploads.list.filter((one) => one.stored === null) };
  const factOf = (file: string): FileFact =>
    files.find((one) => one.id === file) ?? known.get(file) ?? { id: file, name: "plik" };

  return (
    <div id={id}>
      {ids.length > 0 && (
        <ul className={classes.list} aria-label={`${label}: dodane`}>
          {ids.map(factOf).map((file) => (
            <li key={file.id} className={classes.file}>
              <FileName file={file} />
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={`Usuń ${file.name}`}
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => answer(newest.current.ids.filter((one) => one !== file.id))}
              >
                Usuń
              </Button>
            </li>
          ))}
        </ul>
      )}
      <FileDrop
        label={isRequired ? `${label} *` : label}
        description={[help, limitsIn(type, options)].filter(Boolean).join(" ")}
        error={error}
        uploads={onTheWay}
        accept={endings.join(",") || undefined}
        isSingle={isSingle}
      />
    </div>
  );
}

/** A file's name and size, a link where it can be fetched. */
export function FileName({ file: { name, size, url } }: { file: FileFact }) {
  return (
    <span>
      {url ? (
        <a href={url} download>
          {name}
        </a>
      ) : (
        <strong>{name}</strong>
      )}{" "}
      {size ? (
        <Text span size="sm" c="dimmed">
          {formatSize(size)}
        </Text>
      ) : null}
      <FileCaution name={name} />
    </span>
  );
}
