import { Text } from "@mantine/core";
import { formatNumber } from "@/ui/format";
import classes from "./DeliveryBar.module.css";
import type { Counts } from "./nouns";

interface DeliveryBarProps {
  counts: Counts;
  wantsAnswer: boolean;
}

/** How far a message has come, as a bar, and the same in a sentence. */
export function DeliveryBar({ counts, wantsAnswer }: DeliveryBarProps) {
  const { recipients, delivered, opened, answered } = counts;
  const share = (count: number) => `${recipients > 0 ? (100 * count) / recipients : 0}%`;
  const shownAnswered = wantsAnswer ? answered : 0;
  return (
    <div className={classes.frame}>
      <div className={classes.bar} aria-hidden>
        <span className={classes.answered} style={{ width: share(shownAnswered) }} />
        <span className={classes.opened} style={{ width: share(Math.max(0, opened - shownAnswered)) }} />
        <span
          className={classes.delivered}
          style={{ width: share(Math.max(0, delivered - Math.max(opened, shownAnswered))) }}
        />
      </div>
      <Text size="sm" c="dimmed" fw={400}>
        {delivered < recipients
          ? `doręczono ${formatNumber(delivered)} z ${formatNumber(recipients)}`
          : wantsAnswer
            ? `${formatNumber(answered)} z ${formatNumber(recipients)} odpowiedzi`
            : `otwarto ${formatNumber(opened)} z ${formatNumber(recipients)}`}
      </Text>
    </div>
  );
}
