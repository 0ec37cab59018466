import { Group, Text } from "@mantine/core";
import { IconAlertTriangle, IconCloudCheck, IconCloudOff, IconCloudUp } from "@tabler/icons-react";
import { counted } from "@/ui/format";
import type { Saving } from "./SheetKeeper";

const TEXTS: Readonly<Record<Saving, string>> = {
  clean: "Odpowiedzi zapisują się same",
  waiting: "Zaraz zapiszę…",
  saving: "Zapisuję…",
  saved: "Zapisano",
  offline: "Zachowano w przeglądarce, czeka na połączenie",
  clash: "Wybierz jedną z dwóch odpowiedzi",
  stale: "Nie zapisano: formularz się zmienił",
  refused: "Nie zapisano",
};

/** Says whether the answers are safe, and where. */
export function SavingStatus({ saving, unsent }: { saving: Saving; unsent: number }) {
  const isWrong = saving === "clash" || saving === "stale" || saving === "refused";
  const Icon = isWrong
    ? IconAlertTriangle
    : saving === "offline"
      ? IconCloudOff
      : saving === "waiting" || saving === "saving"
        ? IconCloudUp
        : IconCloudCheck;
  return (
    <Group gap={6} wrap="nowrap" role="status" c={isWrong ? "var(--mantine-color-error)" : "dimmed"}>
      <Icon size={18} aria-hidden />
      <Text size="sm">
        {TEXTS[saving]}
        {saving === "offline" && ` (${counted(unsent, "odpowiedź", "odpowiedzi", "odpowiedzi")})`}
      </Text>
    </Group>
  );
}
