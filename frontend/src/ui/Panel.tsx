import { Group, Paper, type PaperProps, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";

interface PanelProps extends PaperProps {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** A titled part of a screen: an h2 and what belongs to it, a region for screen readers. */
export function Panel({ title, actions, children, ...rest }: PanelProps) {
  const heading = useId();
  return (
    <Paper component="section" aria-labelledby={heading} {...rest}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2} id={heading}>
          {title}
        </Title>
        {actions}
      </Group>
      {children}
    </Paper>
  );
}
