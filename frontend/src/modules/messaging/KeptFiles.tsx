import { Button, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import classes from "./KeptFiles.module.css";

interface KeptFilesProps {
  files: readonly { id: string; name: string }[];
  drop: (id: string) => void;
}

/** Files that were sent before and go into the next version too, unless they are dropped. */
export function KeptFiles({ files, drop }: KeptFilesProps) {
  if (files.length === 0) {
    return null;
  }
  return (
    <>
      <Text size="sm" c="dimmed" mt="xs">
        Z poprzedniej wersji
      </Text>
      <ul className={classes.list} aria-label="Pliki z poprzedniej wersji">
        {files.map(({ id, name }) => (
          <li key={id} className={classes.file}>
            <Text size="sm" fw={600}>
              {name}
            </Text>
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={`Usuń ${name}`}
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => drop(id)}
            >
              Usuń
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
