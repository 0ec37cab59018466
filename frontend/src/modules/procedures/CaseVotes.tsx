import { Text } from "@mantine/core";
import { Fold } from "@/ui/Fold";
import { counted, formatDateTime, formatNumber } from "@/ui/format";
import { type Dot, DotsPicture } from "@/ui/pictures/DotsPicture";
import classes from "./CaseVotes.module.css";
import type { CaseDetails } from "./nouns";

interface Scored {
  key: string;
  stage: string;
  name: string;
  dots: Dot[];
}

const OF = { mean: "średniej", median: "mediany" } as const;

/** The valid scores of each stage and round that has more than one, for a picture of how far apart they are. */
function scoredStages(votes: CaseDetails["votes"]): Scored[] {
  const stages = new Map<string, Scored>();
  for (const { id, stage, stage_name, round, person, points, is_valid } of votes) {
    if (is_valid && points !== null) {
      const key = `${stage} ${round}`;
      const name = round > 1 ? `${stage_name} (runda ${round})` : stage_name;
      const found = stages.get(key) ?? { key, stage, name, dots: [] };
      found.dots.push({ id, name: person, value: Number(points) });
      stages.set(key, found);
    }
  }
  return [...stages.values()].filter(({ dots }) => dots.length > 1);
}

/** Who voted how; votes that a send-back has cancelled stay, struck through. */
export function CaseVotes({ votes, thresholds }: Pick<CaseDetails, "votes" | "thresholds">) {
  const thresholdOf = new Map(thresholds.map((one) => [one.stage, one]));
  return (
    <Fold title="Głosy" note={counted(votes.length, "głos", "głosy", "głosów")}>
      {scoredStages(votes).map(({ key, stage, name, dots }) => {
        const threshold = thresholdOf.get(stage);
        return (
          <DotsPicture
            key={key}
            label={`Punkty: ${name}`}
            unit="punktów"
            dots={dots}
            {...(threshold && { threshold: Number(threshold.points), thresholdOf: OF[threshold.of] })}
          />
        );
      })}
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
