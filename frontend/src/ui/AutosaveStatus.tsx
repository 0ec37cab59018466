import { Group, Text } from "@mantine/core";
import { IconAlertTriangle, IconCloudCheck, IconCloudUp } from "@tabler/icons-react";
import { asProblem } from "@/api/problem";
import type { Autosave } from "@/ui/useAutosave";

const TEXTS = {
  clean: "Zmiany zapisują się same",
  waiting: "Zaraz zapiszę…",
  saving: "Zapisuję…",
  saved: "Zapisano",
  failed: "Nie zapisano",
} as const;

/** Says whether what was typed is safe. */
export function AutosaveStatus({ autosave }: { autosave: Autosave }) {
  const { state, error } = autosave;
  const Icon =
    state === "failed" ? IconAlertTriangle : state === "saved" || state === "clean" ? IconCloudCheck : IconCloudUp;
  return (
    <Group gap={6} wrap="nowrap" role="status" c={state === "failed" ? "var(--mantine-color-error)" : "dimmed"}>
      <Icon size={18} aria-hidden />
      <Text size="sm">
        {TEXTS[state]}
        {state === "failed" && `: ${asProblem(error).detail}`}
      </Text>
    </Group>
  );
}
