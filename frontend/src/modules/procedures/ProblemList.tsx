import { Alert, Anchor, List, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { counted } from "@/ui/format";
import type { ProcedureProblem } from "./nouns";

interface ProblemListProps {
  problems: readonly ProcedureProblem[];
  /** Opens the place where it can be mended. */
  onOpen: (problem: ProcedureProblem) => void;
}

/** What stands in the way of publishing, each with a link to its place. */
export function ProblemList({ problems, onOpen }: ProblemListProps) {
  if (problems.length === 0) {
    return (
      <Alert color="success" icon={<IconCircleCheck aria-hidden />} title="Nic nie stoi na przeszkodzie publikacji">
        <Text c="var(--mantine-color-text)">Przejdź procedurę w symulatorze, zanim ją opublikujesz.</Text>
      </Alert>
    );
  }
  return (
    <Alert
      color="caution"
      icon={<IconAlertTriangle aria-hidden />}
      title={`Przed publikacją: ${counted(problems.length, "rzecz", "rzeczy", "rzeczy")} do poprawy`}
    >
      <List c="var(--mantine-color-text)">
        {problems.map((problem) => (
          <List.Item key={`${problem.path} ${problem.sentence}`}>
            <Anchor component="button" type="button" underline="always" ta="left" onClick={() => onOpen(problem)}>
              {problem.where || "Cała procedura"}
            </Anchor>
            : {problem.sentence}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
