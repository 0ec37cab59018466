import { Text } from "@mantine/core";
import { counted, formatDateTime } from "@/ui/format";
import { Panel } from "@/ui/Panel";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import classes from "./MergeHistory.module.css";
import { modeName } from "./mergeModes";
import type { Merge } from "./nouns";

const STATES = {
  waiting: { tone: "info", text: "czeka" },
  running: { tone: "info", text: "trwa" },
  done: { tone: "success", text: "gotowe" },
  failed: { tone: "danger", text: "nie udało się" },
} as const satisfies Record<Merge["state"], { tone: Tone; text: string }>;

interface MergeHistoryProps {
  merges: readonly Merge[];
  chosen: string | undefined;
  messageId: string;
}

/** Every merge of a message; one of them is on the screen. */
export function MergeHistory({ merges, chosen, messageId }: MergeHistoryProps) {
  if (merges.length < 2) {
    return null;
  }
  return (
    <Panel title="Wszystkie scalania">
      <ul className={classes.list}>
        {merges.map((merge) => (
          <li key={merge.id} className={classes.row}>
            <TextLink
              to={`/messaging/messages/${messageId}/merge?merge=${merge.id}`}
              aria-current={merge.id === chosen ? "true" : undefined}
              fw={merge.id === chosen ? 700 : 400}
            >
              {formatDateTime(merge.created_at)}
            </TextLink>
            <StatusBadge tone={STATES[merge.state].tone}>{STATES[merge.state].text}</StatusBadge>
            <Text size="sm" c="dimmed">
              {modeName(merge.mode_used || merge.mode)}, {merge.started_by}
              {merge.report && `, ${counted(merge.report.workbooks, "arkusz", "arkusze", "arkuszy")}`}
            </Text>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
