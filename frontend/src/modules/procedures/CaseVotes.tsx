import { Text } from "@mantine/core";
import { Fold } from "@/ui/Fold";
import { counted, formatDateTime, formatNumber } from "@/ui/format";
import classes from "./CaseVotes.module.css";
import type { CaseDetails } from "./nouns";

/** Who voted how; votes that a send-back has cancelled stay, struck through. */
export function CaseVotes({ votes }: { votes: CaseDetails["votes"] }) {
  return (
    <Fold title="Głosy" note={counted(votes.length, "głos", "głosy", "głosów")}>
      <ul className={classes.list}>
        {votes.map((vote) => (
          <li key={vote.id}>
            <span className={vote.is_valid ? undefined : classes.cancelled}>
              <strong>{vote.person}</strong>
              {vote.in_place_of && `, w zastępstwie za: ${vote.in_place_of}`} – {vote.verdict_label}
              {vote.points !== null && `, ${formatNumber(Number(vote.points))} pkt`}
            </span>{" "}
            {!vote.is_valid && <Text span>unieważniony zwrotem </Text>}
            <Text span size="sm" c="dimmed">
              {vote.stage_name}, {formatDateTime(vote.at)}
            </Text>
            {vote.reason && <Text size="sm">{vote.reason}</Text>}
          </li>
        ))}
      </ul>
    </Fold>
  );
}
