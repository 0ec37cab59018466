import { Button, Group, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type RefObject, useState } from "react";
import type { History } from "@/ui/history";
import { Board } from "./Board";
import { ChosenPanel } from "./ChosenPanel";
import type { Chosen } from "./chosen";
import { addStage, addTransition, type Draft, hasPlaces, missingKinds, reorderStage } from "./draft";
import { placesOf, storedPlace } from "./layout";
import type { ProcedureDetails } from "./nouns";
import { Outline } from "./Outline";
import { faultyStages } from "./problems";
import { StageNew } from "./StageNew";
import classes from "./Stages.module.css";
import { TransitionNew } from "./TransitionNew";
import { useVocabulary } from "./vocabulary";

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

  const move = (stage: string, place: { x: number; y: number }) => {
    const places = placesOf(draft);
    const stages = draft.stages.map((one) => {
      const at = one.key === stage ? place : places.get(one.key);
      return at ? { ...one, ...storedPlace(at) } : one;
    });
    edit({ ...draft, stages }, "przesunięcie etapu");
  };

  return (
    <div className={view === "outline" ? classes.beside : classes.beneath}>
      <Stack gap="sm">
        {view === "board" ? (
          <Board {...shared} onMove={move} />
        ) : (
          <Outline
            {...shared}
            onReorder={(stage, by) => edit(reorderStage(draft, stage, by), "kolejność etapów")}
            onAddTransition={setWayFrom}
          />
        )}
        <Group gap="xs">
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setIsNew(true)}>
            Dodaj etap
          </Button>
          {view === "board" && hasPlaces(draft) && (
            <Button
              variant="default"
              onClick={() =>
                edit({ ...draft, stages: draft.stages.map((one) => ({ ...one, x: 0, y: 0 })) }, "ułożenie")
              }
            >
              Ułóż po kolei
            </Button>
          )}
          {view === "board" && draft.stages.length > 0 && (
            <Text size="sm" c="dimmed">
              Karty przeciąga się myszą albo klawiszami Shift + strzałki.
            </Text>
          )}
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
