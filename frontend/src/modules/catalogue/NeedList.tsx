import { Group, Stack, Text } from "@mantine/core";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import { mendedAt, NEED_WORDS, type Need } from "./nouns";

const STATES: Readonly<Record<Need["state"], { tone: Tone; word: string }>> = {
  ready: { tone: "success", word: "jest" },
  added: { tone: "info", word: "dojdzie z typem" },
  missing: { tone: "danger", word: "brakuje" },
};

interface NeedListProps {
  title?: string;
  needs: readonly Need[];
  procedure: string | null;
}

/** What a type cannot run without, by kind, with the way to what is missing. */
export function NeedList({ title, needs, procedure }: NeedListProps) {
  const kinds = [...new Set(needs.map(({ kind }) => kind))];
  return (
    <section aria-label={title ?? "Czego wymaga"}>
      {title && <Text fw={600}>{title}</Text>}
      <Stack gap="xs" mt="xs">
        {kinds.map((kind) => (
          <div key={kind}>
            <Text size="sm" c="dimmed">
              {NEED_WORDS[kind].title}
            </Text>
            {needs
              .filter((need) => need.kind === kind)
              .map((need) => (
                <Group key={`${need.name} ${need.sentence}`} gap="xs" mt={2}>
                  <StatusBadge tone={STATES[need.state].tone}>{STATES[need.state].word}</StatusBadge>
                  <Text size="sm">
                    <b>{need.name}</b>: {need.sentence}
                  </Text>
                  {need.state === "missing" && (
                    <TextLink
                      to={mendedAt(need, procedure)}
                      size="sm"
                      aria-label={`${NEED_WORDS[kind].mend}: ${need.name}`}
                    >
                      {NEED_WORDS[kind].mend}
                    </TextLink>
                  )}
                </Group>
              ))}
          </div>
        ))}
      </Stack>
    </section>
  );
}
