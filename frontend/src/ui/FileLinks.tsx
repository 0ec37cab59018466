import { Anchor, Text } from "@mantine/core";
import { IconFileDownload } from "@tabler/icons-react";
import { FileCaution } from "@/ui/FileCaution";
import classes from "@/ui/FileLinks.module.css";
import { formatSize } from "@/ui/format";

interface FileLinksProps {
  label: string;
  files: readonly { id: string; name: string; size: number }[];
  /** Where a file is downloaded from, by its id. */
  addressOf: (id: string) => string;
}

/** Files to download, each with its size and with what to beware of. */
export function FileLinks({ label, files, addressOf }: FileLinksProps) {
  return (
    <ul className={classes.list} aria-label={label}>
      {files.map(({ id, name, size }) => (
        <li key={id} className={classes.file}>
          <IconFileDownload size={18} aria-hidden />
          <span>
            <Anchor href={addressOf(id)} download underline="always">
              {name}
            </Anchor>{" "}
            <Text span size="sm" c="dimmed">
              {formatSize(size)}
            </Text>
            <FileCaution name={name} />
          </span>
        </li>
      ))}
    </ul>
  );
}
