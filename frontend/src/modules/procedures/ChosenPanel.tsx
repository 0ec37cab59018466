import { Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Panel } from "@/ui/Panel";
import type { Chosen } from "./chosen";
import { type Draft, nameOf, removeStage, stageOf, transitionOf } from "./draft";
import type { ProcedureProblem } from "./nouns";
import { StagePanel } from "./StagePanel";
import { TransitionPanel } from "./TransitionPanel";
import type { Vocabulary } from "./vocabulary";

interface ChosenPanelProps {
  draft: Draft;
  problems: readonly ProcedureProblem[];
  chosen: Chosen | null;
  choose: (chosen: Chosen | null) => void;
  change: (draft: Draft) => void;
  vocabulary: Vocabulary;
  askWay: (from: string) => void;
}

/** All about the stage or the transition that was chosen. */
export function ChosenPanel({ draft, problems, chosen, choose, change, vocabulary, askWay }: ChosenPanelProps) {
  const [removing, setRemoving] = useState<string | null>(null);
  const shared = { draft, vocabulary, problems, onChange: change };
  const stage = chosen?.kind === "stage" ? stageOf(draft, chosen.key) : undefined;
  const transition = chosen?.kind === "transition" ? transitionOf(draft, chosen) : undefined;
  const waysOf = (key: string) => draft.transitions.filter(({ from, to }) => from === key || to === key).length;

  // What was removed is no longer asked about.
  useEffect(() => {
    if (!stage) {
      setRemoving(null);
    }
  }, [stage]);

  if (transition) {
    return (
      <Panel title={`Przejście: ${transition.label || "bez nazwy"}`}>
        <TransitionPanel
          key={`${transition.from} ${transition.key}`}
          {...shared}
          transition={transition}
          onChoose={choose}
        />
      </Panel>
    );
  }
  if (!stage) {
    return (
      <Panel title="Nic nie wybrano">
        <Text c="dimmed">Wybierz etap albo przejście, żeby je zmienić.</Text>
      </Panel>
    );
  }
  const remove = () => {
    change(removeStage(draft, stage.key));
    choose(null);
  };
  return (
    <Panel title={`Etap: ${nameOf(stage)}`}>
      <StagePanel
        key={stage.key}
        {...shared}
        stage={stage}
        onChoose={choose}
        onAddTransition={() => askWay(stage.key)}
        onRemove={() => (waysOf(stage.key) > 0 ? setRemoving(stage.key) : remove())}
      />
      <ConfirmDialog
        isOpen={removing === stage.key}
        title={`Usunąć etap „${nameOf(stage)}”?`}
        confirmLabel="Usuń etap"
        isDangerous
        onConfirm={remove}
        onClose={() => setRemoving(null)}
      >
        Razem z nim znikną jego przejścia ({waysOf(stage.key)}). Zmianę można cofnąć przyciskiem „Cofnij zmianę”.
      </ConfirmDialog>
    </Panel>
  );
}
