import { Group, Text } from "@mantine/core";
import { dueFrom, formatDateTime } from "@/ui/format";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";

const TONES = { past: "danger", soon: "warning", later: "neutral" } as const satisfies Record<string, Tone>;

interface RelativeDueProps {
  /** The deadline, a moment in ISO 8601. */
  at: string;
  /** A deadline that was met is shown as a date alone. */
  isMet?: boolean;
}

/** A deadline: how far it is, and the exact date and hour. */
export function RelativeDue({ at, isMet = false }: RelativeDueProps) {
  const due = dueFrom(at);
  return (
    <Group component="span" gap={6}>
      {!isMet && <StatusBadge tone={TONES[due.urgency]}>{due.text}</StatusBadge>}
      <Text component="time" size="sm" c="dimmed" dateTime={at}>
        {formatDateTime(at)}
      </Text>
    </Group>
  );
}
