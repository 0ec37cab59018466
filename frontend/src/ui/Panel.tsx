import { Group, Paper, type PaperProps, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";

interface PanelProps extends PaperProps {
  title: string;
  /** The level of its heading; 3 inside a titled part of a screen. */
  order?: 2 | 3;
  actions?: ReactNode;
  children: ReactNode;
}

/** A titled part of a screen: a heading and what belongs to it, a region for screen readers. */
export function Panel({ title, order = 2, actions, children, ...rest }: PanelProps) {
  const heading = useId();
  return (
    <Paper component="section" aria-labelledby={heading} {...rest}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={order} id={heading}>
          {title}
        </Title>
        {actions}
      </Group>
      {children}
    </Paper>
  );
}
