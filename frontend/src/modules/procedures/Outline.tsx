import { ActionIcon, Button, Text } from "@mantine/core";
import { IconAlertTriangle, IconArrowDown, IconArrowRight, IconArrowUp, IconPlus } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Chosen } from "./chosen";
import { type Draft, isSame, leaving, nameOf, type Stage, stageOf, type Transition } from "./draft";
import classes from "./Outline.module.css";
import type { Vocabulary } from "./vocabulary";

interface OutlineProps {
  draft: Draft;
  vocabulary: Vocabulary;
  faulty: ReadonlySet<string>;
  chosen: Chosen | null;
  onChoose: (chosen: Chosen) => void;
  onReorder: (stage: string, by: 1 | -1) => void;
  onAddTransition: (from: string) => void;
}

/** The procedure as a list: every stage, and beneath it where it leads. All that the board can do, by keyboard. */
export function Outline(props: OutlineProps) {
  const { draft, onReorder } = props;
  const list = useRef<HTMLOListElement>(null);
  const [moved, setMoved] = useState<{ stage: string; times: number } | null>(null);

  // A button that moved with its row in the document has lost the focus on the way.
  useEffect(() => {
    if (moved) {
      list.current?.querySelector<HTMLElement>(`[data-stage="${moved.stage}"] [data-choose]`)?.focus();
    }
  }, [moved]);

  const reorder = (stage: string, by: 1 | -1) => {
    onReorder(stage, by);
    setMoved((before) => ({ stage, times: (before?.times ?? 0) + 1 }));
  };

  if (draft.stages.length === 0) {
    return (
      <Text c="dimmed">Nie ma jeszcze etapów. Zacznij od „Dodaj etap”: pierwszym jest zwykle złożenie wniosku.</Text>
    );
  }
  const index = draft.stages.findIndex(({ key }) => key === moved?.stage);
  return (
    <>
      <ol className={classes.list} ref={list} aria-label="Etapy po kolei">
        {draft.stages.map((stage, place) => (
          <StageRow key={stage.key} {...props} stage={stage} place={place} onReorder={reorder} />
        ))}
      </ol>
      <Text size="sm" c="dimmed" mt="xs" role="status">
        {moved && index >= 0
          ? `Etap „${nameOf(draft.stages[index])}” jest teraz ${index + 1}. z ${draft.stages.length}.`
          : "Kolejność zmienisz też klawiszami Alt + strzałka w górę lub w dół."}
      </Text>
    </>
  );
}

interface StageRowProps extends OutlineProps {
  stage: Stage;
  place: number;
}

function StageRow(props: StageRowProps) {
  const { draft, vocabulary, faulty, chosen, onChoose, onReorder, onAddTransition, stage, place } = props;
  const kind = vocabulary.kind(stage.kind);
  const isChosen = chosen?.kind === "stage" && chosen.key === stage.key;

  const press = (event: KeyboardEvent) => {
    const by = event.altKey ? ({ ArrowUp: -1, ArrowDown: 1 } as const)[event.key] : undefined;
    if (by) {
      event.preventDefault();
      onReorder(stage.key, by);
    }
  };

  return (
    <li className={classes.stage} data-stage={stage.key} data-chosen={isChosen || undefined}>
      <div className={classes.head}>
        <button
          type="button"
          className={classes.choose}
          data-choose
          aria-pressed={isChosen}
          onClick={() => onChoose({ kind: "stage", key: stage.key })}
          onKeyDown={press}
        >
          <span className={classes.name}>
            {place + 1}. {nameOf(stage)}
          </span>
          <span className={classes.small}>
            {kind?.label ?? "rodzaj nieznany"} · {vocabulary.whoOf(draft, stage)}
          </span>
          {faulty.has(stage.key) && (
            <span className={`${classes.small} ${classes.faulty}`}>
              <IconAlertTriangle size={14} aria-hidden /> wymaga poprawy
            </span>
          )}
        </button>
        <div className={classes.tools}>
          <ActionIcon
            variant="subtle"
            aria-label={`Przesuń wyżej: ${nameOf(stage)}`}
            disabled={place === 0}
            onClick={() => onReorder(stage.key, -1)}
          >
            <IconArrowUp size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            aria-label={`Przesuń niżej: ${nameOf(stage)}`}
            disabled={place === draft.stages.length - 1}
            onClick={() => onReorder(stage.key, 1)}
          >
            <IconArrowDown size={18} aria-hidden />
          </ActionIcon>
        </div>
      </div>
      <ul className={classes.ways} aria-label={`Przejścia z etapu „${nameOf(stage)}”`}>
        {leaving(draft, stage.key).map((way) => (
          <li key={way.key}>
            <WayButton draft={draft} way={way} chosen={chosen} onChoose={onChoose} />
          </li>
        ))}
        {!kind?.ends && (
          <li>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={16} aria-hidden />}
              aria-label={`Dodaj przejście z etapu „${nameOf(stage)}”`}
              onClick={() => onAddTransition(stage.key)}
            >
              Dodaj przejście
            </Button>
          </li>
        )}
      </ul>
    </li>
  );
}

interface WayButtonProps {
  draft: Draft;
  way: Transition;
  chosen: Chosen | null;
  onChoose: (chosen: Chosen) => void;
}

export function WayButton({ draft, way, chosen, onChoose }: WayButtonProps) {
  return (
    <button
      type="button"
      className={classes.way}
      aria-pressed={chosen?.kind === "transition" && isSame(chosen, way)}
      onClick={() => onChoose({ kind: "transition", from: way.from, key: way.key })}
    >
      {way.label || "bez nazwy"}
      <IconArrowRight size={15} aria-label="prowadzi do:" role="img" />
      {nameOf(stageOf(draft, way.to))}
      {way.condition && <span className={classes.small}>gdy {way.condition}</span>}
    </button>
  );
}
