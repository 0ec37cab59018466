import { Group, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "react-router";
import { unbroken } from "@/ui/format";
import { TextLink } from "@/ui/TextLink";
import { READING } from "@/ui/widths";

interface PageHeaderProps {
  title: string;
  /** A line under the title: what this screen is for, or the state of what it shows. */
  description?: ReactNode;
  /** Buttons at the right; the main one last. */
  actions?: ReactNode;
  back?: { to: string; label: string };
}

/**
 * The h1 of a screen. It names the browser's tab and takes the focus when the screen was reached by a link; not when
 * the screen only gave itself another address, by `navigate(…, { state: { isSameScreen: true } })`.
 */
export function PageHeader({ title, description, actions, back }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname, key, state } = useLocation();
  const isFirstScreen = key === "default";

  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus moves when the path changes, not when a filter does
  useEffect(() => {
    if (!isFirstScreen && !state?.isSameScreen) {
      heading.current?.focus({ preventScroll: true });
    }
  }, [pathname]);

  return (
    <Stack gap={4} mb="lg">
      <title>{`${title} – OPIUM`}</title>
      {back && (
        <TextLink to={back.to} size="sm" data-print="no">
          <IconArrowLeft size={16} style={{ flex: "none" }} aria-hidden /> {back.label}
        </TextLink>
      )}
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} flex="1 1 16rem" miw={0}>
          <Title order={1} ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {description && (
            <Text component="div" c="dimmed" maw={READING}>
              {unbroken(description)}
            </Text>
          )}
        </Stack>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
    </Stack>
  );
}
