import { Group, Progress, Stack, Text } from "@mantine/core";
import { formatNumber } from "@/ui/format";

interface JobProgressProps {
  /** What runs: "Scalanie skoroszytów". */
  label: string;
  done: number;
  total: number;
}

/** A long job: how much is done, and that the screen may be left. */
export function JobProgress({ label, done, total }: JobProgressProps) {
  const percent = total > 0 ? Math.round((100 * done) / total) : 0;
  return (
    <Stack gap={4}>
      <Group justify="space-between">
        <Text fw={600}>{label}</Text>
        <Text size="sm" c="dimmed" role="status">
          {formatNumber(done)} z {formatNumber(total)}
        </Text>
      </Group>
      <Progress value={percent} size="lg" aria-label={label} />
      <Text size="sm" c="dimmed">
        Możesz opuścić tę stronę: praca trwa dalej, a wynik będzie tutaj.
      </Text>
    </Stack>
  );
}
