import { Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import classes from "./Board.module.css";
import type { Chosen } from "./chosen";
import { CARD, type Draft, GRID, isSame, nameOf, type Stage } from "./draft";
import { arrowsOf, type Place, placesOf, sizeOf } from "./layout";
import type { Vocabulary } from "./vocabulary";

interface BoardProps {
  draft: Draft;
  vocabulary: Vocabulary;
  /** Keys of stages with something that stops the publication. */
  faulty: ReadonlySet<string>;
  chosen: Chosen | null;
  onChoose: (chosen: Chosen) => void;
  onMove: (stage: string, place: Place) => void;
}

interface Moving {
  stage: string;
  place: Place;
}

const snapped = ({ x, y }: Place): Place => ({
  x: Math.max(GRID, Math.round(x / GRID) * GRID),
  y: Math.max(GRID, Math.round(y / GRID) * GRID),
});

/** The procedure as a drawing: stages as cards, transitions as arrows. The same thing as the outline, for the eye. */
export function Board({ draft, vocabulary, faulty, chosen, onChoose, onMove }: BoardProps) {
  const [moving, setMoving] = useState<Moving | null>(null);
  const stored = placesOf(draft);
  const places = moving ? new Map(stored).set(moving.stage, moving.place) : stored;
  const arrows = arrowsOf(draft, places);
  const { width, height } = sizeOf(places);

  const isChosen = (way: { from: string; key: string }) => chosen?.kind === "transition" && isSame(chosen, way);

  return (
    <section className={classes.frame} aria-label="Tablica: etapy i przejścia">
      <div className={classes.board} style={{ width, height }}>
        <svg className={classes.lines} width={width} height={height} aria-hidden>
          <title>Przejścia</title>
          <defs>
            {(["neutral", "positive", "negative"] as const).map((tone) => (
              <marker
                key={tone}
                id={`arrow-${tone}`}
                viewBox="0 0 10 10"
                refX="9"
                refY="5"
                markerWidth="7"
                markerHeight="7"
                orient="auto-start-reverse"
                markerUnits="userSpaceOnUse"
              >
                <path
                  d="M 0 0 L 10 5 L 0 10 z"
                  fill={`var(--opium-${{ neutral: "plain", positive: "good-mark", negative: "bad-mark" }[tone]})`}
                />
              </marker>
            ))}
          </defs>
          {arrows.map(({ transition, path }) => (
            <path
              key={`${transition.from} ${transition.key}`}
              d={path}
              className={classes.line}
              data-tone={transition.tone}
              data-chosen={isChosen(transition) || undefined}
              markerEnd={`url(#arrow-${transition.tone})`}
            />
          ))}
        </svg>
        {draft.stages.map((stage) => (
          <Card
            key={stage.key}
            stage={stage}
            place={places.get(stage.key) ?? { x: 0, y: 0 }}
            isMoving={moving?.stage === stage.key}
            isChosen={chosen?.kind === "stage" && chosen.key === stage.key}
            isFaulty={faulty.has(stage.key)}
            vocabulary={vocabulary}
            draft={draft}
            onChoose={() => onChoose({ kind: "stage", key: stage.key })}
            onMoving={(place) => setMoving(place && { stage: stage.key, place: snapped(place) })}
            onMoved={(place) => onMove(stage.key, snapped(place))}
          />
        ))}
        {arrows.map(({ transition, label }) => (
          <button
            key={`${transition.from} ${transition.key}`}
            type="button"
            className={classes.label}
            style={{ left: label.x, top: label.y }}
            data-tone={transition.tone}
            aria-pressed={isChosen(transition)}
            aria-label={`Przejście: ${transition.label || "bez nazwy"}`}
            onClick={() => onChoose({ kind: "transition", from: transition.from, key: transition.key })}
          >
            {transition.label || "bez nazwy"}
          </button>
        ))}
        {draft.stages.length === 0 && (
          <Text c="dimmed" p="lg">
            Nie ma jeszcze etapów. Zacznij od „Dodaj etap”: pierwszym jest zwykle złożenie wniosku.
          </Text>
        )}
      </div>
    </section>
  );
}

interface CardProps {
  stage: Stage;
  place: Place;
  draft: Draft;
  vocabulary: Vocabulary;
  isMoving: boolean;
  isChosen: boolean;
  isFaulty: boolean;
  onChoose: () => void;
  /** The card follows the pointer; null when it was let go. */
  onMoving: (place: Place | null) => void;
  onMoved: (place: Place) => void;
}

/** Closer than this the pointer has only pressed, not dragged. */
const LEAST_DRAG = 5;

const ARROWS: Readonly<Record<string, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

function Card(props: CardProps) {
  const { stage, place, draft, vocabulary, isMoving, isChosen, isFaulty, onChoose, onMoving, onMoved } = props;
  const pressed = useRef<{ pointer: Place; card: Place } | null>(null);
  const wasDragged = useRef(false);
  const kind = vocabulary.kind(stage.kind);

  const draggedTo = (event: PointerEvent): Place | null => {
    const start = pressed.current;
    if (!start) {
      return null;
    }
    const by = { x: event.clientX - start.pointer.x, y: event.clientY - start.pointer.y };
    wasDragged.current ||= Math.hypot(by.x, by.y) >= LEAST_DRAG;
    return wasDragged.current ? { x: start.card.x + by.x, y: start.card.y + by.y } : null;
  };

  const press = (event: KeyboardEvent) => {
    const by = event.shiftKey ? ARROWS[event.key] : undefined;
    if (by) {
      event.preventDefault();
      onMoved({ x: place.x + by.x * 3 * GRID, y: place.y + by.y * 3 * GRID });
    }
  };

  return (
    <button
      type="button"
      className={classes.card}
      style={{ left: place.x, top: place.y, width: CARD.width, height: CARD.height }}
      data-end={kind?.ends || undefined}
      data-moving={isMoving || undefined}
      aria-pressed={isChosen}
      onPointerDown={(event) => {
        if (event.button === 0) {
          pressed.current = { pointer: { x: event.clientX, y: event.clientY }, card: place };
          wasDragged.current = false;
          event.currentTarget.setPointerCapture?.(event.pointerId);
        }
      }}
      onPointerMove={(event) => {
        const to = draggedTo(event);
        if (to) {
          onMoving(to);
        }
      }}
      onPointerUp={(event) => {
        const to = draggedTo(event);
        pressed.current = null;
        onMoving(null);
        if (to) {
          onMoved(to);
        }
      }}
      onPointerCancel={() => {
        pressed.current = null;
        onMoving(null);
      }}
      onKeyDown={press}
      onClick={() => {
        if (!wasDragged.current) {
          onChoose();
        }
        wasDragged.current = false;
      }}
    >
      <span className={classes.kind}>{kind?.label ?? "rodzaj nieznany"}</span>
      <span className={classes.name}>{nameOf(stage)}</span>
      <span className={classes.who}>{vocabulary.whoOf(draft, stage)}</span>
      {isFaulty && (
        <span className={classes.faulty}>
          <IconAlertTriangle size={16} role="img" aria-label="wymaga poprawy" />
        </span>
      )}
    </button>
  );
}
