import { Button, Group, Loader, Stack } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { lazy, type RefObject, Suspense, useState } from "react";
import type { History } from "@/ui/history";
import { ChosenPanel } from "./ChosenPanel";
import type { Chosen } from "./chosen";
import { addStage, addTransition, type Draft, missingKinds, reorderStage } from "./draft";
import type { ProcedureDetails } from "./nouns";
import { Outline } from "./Outline";
import { faultyStages } from "./problems";
import { StageNew } from "./StageNew";
import classes from "./Stages.module.css";
import { TransitionNew } from "./TransitionNew";
import { useVocabulary } from "./vocabulary";

// The libraries of the board are big, and who works with the outline needs none of them.
const Board = lazy(async () => ({ default: (await import("./Board")).Board }));

interface StagesProps {
  view: "board" | "outline";
  procedure: ProcedureDetails;
  history: History<Draft>;
  chosen: Chosen | null;
  choose: (chosen: Chosen | null) => void;
  panel: RefObject<HTMLElement | null>;
}

/** One of the two views of the stages, and the panel of what is chosen in it. */
export function Stages({ view, procedure, history, chosen, choose, panel }: StagesProps) {
  const { present: draft, edit } = history;
  const chosenKey = chosen && JSON.stringify(chosen);
  const vocabulary = useVocabulary();
  const [isNew, setIsNew] = useState(false);
  const [wayFrom, setWayFrom] = useState<string | null>(null);
  const faulty = faultyStages(procedure.problems);
  const shared = { draft, vocabulary, faulty, chosen, onChoose: choose };

  return (
    <div className={view === "outline" ? classes.beside : classes.beneath}>
      <Stack gap="sm">
        {view === "board" ? (
          <Suspense fallback={<Loader aria-label="Wczytywanie tablicy" />}>
            <Board {...shared} onArrange={edit} />
          </Suspense>
        ) : (
          <Outline
            {...shared}
            onReorder={(stage, by) => edit(reorderStage(draft, stage, by), "kolejność etapów")}
            onAddTransition={setWayFrom}
          />
        )}
        <Group gap="xs">
          <Button variant="default" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setIsNew(true)}>
            Dodaj etap
          </Button>
        </Group>
      </Stack>
      <section ref={panel} aria-label="Wybrany element" className={classes.panel}>
        <ChosenPanel
          draft={draft}
          problems={procedure.problems}
          chosen={chosen}
          choose={choose}
          change={(next) => edit(next, `zmiana: ${chosenKey}`)}
          vocabulary={vocabulary}
          askWay={setWayFrom}
        />
      </section>
      <StageNew
        isOpen={isNew}
        kinds={vocabulary.kinds}
        missing={missingKinds(draft, vocabulary.kinds)}
        onClose={() => setIsNew(false)}
        onAdd={(kind, name) => {
          const added = addStage(draft, kind, name);
          edit(added.draft, "dodanie etapu");
          choose({ kind: "stage", key: added.key });
          setIsNew(false);
        }}
      />
      <TransitionNew
        from={wayFrom}
        draft={draft}
        vocabulary={vocabulary}
        onClose={() => setWayFrom(null)}
        onAdd={(transition) => {
          const added = addTransition(draft, transition);
          edit(added.draft, "dodanie przejścia");
          choose({ kind: "transition", ...added.way });
          setWayFrom(null);
        }}
      />
    </div>
  );
}
