import { Alert, Text } from "@mantine/core";
import { IconLinkOff } from "@tabler/icons-react";

/** A link of a letter of which only the beginning was copied: there is nothing to ask the server. */
export function NoSecret() {
  return (
    <Alert color="caution" role="alert" icon={<IconLinkOff aria-hidden />} title="Adres jest niepełny">
      <Text c="var(--mantine-color-text)">
        Brakuje w nim części po znaku „#”. Otwórz odnośnik prosto z listu albo skopiuj go w całości.
      </Text>
    </Alert>
  );
}
