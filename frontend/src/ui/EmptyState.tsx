import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

interface EmptyStateProps {
  title: string;
  /** What to do next, or why there is nothing: a sentence. */
  children: ReactNode;
  action?: ReactNode;
}

/** In place of a list that has no rows: says so, and what to do next. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" py="xl" px="md" ta="center">
      <Text fw={600} size="lg">
        {title}
      </Text>
      <Text component="div" c="dimmed" maw="32rem">
        {children}
      </Text>
      {action}
    </Stack>
  );
}
