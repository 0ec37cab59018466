import { Alert, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";

/** What the background could not do for the record on the screen; nothing where there is no trouble. */
export function TroubleAlert({ sentence }: { sentence: string }) {
  if (!sentence) {
    return null;
  }
  return (
    <Alert
      color="caution"
      role="alert"
      icon={<IconAlertTriangle aria-hidden />}
      title="System nie dokończył swojej pracy"
    >
      <Text c="var(--mantine-color-text)">{sentence}</Text>
      <Text size="sm" c="var(--mantine-color-text)">
        Administrator miasta widzi to na liście „Zadania w tle” i może uruchomić ponownie.
      </Text>
    </Alert>
  );
}
