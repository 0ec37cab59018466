import { Alert, Button, CopyButton, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconCopy, IconDownload, IconKey } from "@tabler/icons-react";
import { useMemo } from "react";
import classes from "./RecoveryCodes.module.css";

/** The codes for the day when the telephone is lost, shown once. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const text = codes.join("\n");
  const file = useMemo(() => `data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`, [text]);
  return (
    <Alert color="caution" icon={<IconKey aria-hidden />} title="Zapisz kody zapasowe" role="status">
      <Stack gap="sm">
        <Text>
          Gdy stracisz telefon albo klucz, zalogujesz się jednym z nich; każdy działa raz. Widzisz je tylko teraz:
          zapisz je albo wydrukuj i trzymaj poza komputerem.
        </Text>
        <ul className={classes.codes} aria-label="Kody zapasowe">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <Group gap="xs">
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
                onClick={copy}
              >
                {copied ? "Skopiowano" : "Kopiuj"}
              </Button>
            )}
          </CopyButton>
          <Button
            component="a"
            href={file}
            download="kody-zapasowe-OPIUM.txt"
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            Pobierz
          </Button>
          <Button onClick={onDone}>Mam je zapisane</Button>
        </Group>
      </Stack>
    </Alert>
  );
}
