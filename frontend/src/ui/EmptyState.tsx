import { Stack, Text } from "@mantine/core";
import { cloneElement, Fragment, type ReactElement, type ReactNode } from "react";

/** What can be done about it: by everybody who sees it, or by whoever may, and then others read another sentence. */
type Deed =
  | { action?: ReactElement<{ variant?: string }>; others?: never }
  | { action: ReactElement<{ variant?: string }> | false; others: ReactNode };

type EmptyStateProps = Deed & {
  title: string;
  /** What to do next, or why there is nothing: a sentence. */
  children: ReactNode;
};

/** The same deed stands in the head of the page, in the primary colour. */
const quiet = (action: ReactElement<{ variant?: string }>) =>
  action.type === Fragment ? action : cloneElement(action, { variant: "default" });

/** In place of a list that has no rows: says so, and what to do next, to whoever may do it. */
export function EmptyState({ title, children, action, others }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" py="xl" px="md" ta="center">
      <Text fw={600} size="lg">
        {title}
      </Text>
      <Text component="div" c="dimmed" maw="32rem">
        {action === false ? others : children}
      </Text>
      {action && quiet(action)}
    </Stack>
  );
}
