import { IconAlertTriangle } from "@tabler/icons-react";
import {
  type Edge,
  type EdgeProps,
  Handle,
  type Node,
  type NodeProps,
  Position,
  useReactFlow,
  useStoreApi,
} from "@xyflow/react";
import type { FocusEvent, KeyboardEvent } from "react";
import classes from "./Board.module.css";
import { type Direction, labelOf, linesOf, type Place } from "./boardLayout";
import { nameOf, type Stage, type Tone, type Transition } from "./draft";
import type { StageKind } from "./nouns";

interface CardData extends Record<string, unknown> {
  stage: Stage;
  kind: StageKind | undefined;
  who: string;
  isMoving: boolean;
  isChosen: boolean;
  isFaulty: boolean;
  onChoose: () => void;
  onStep: (direction: Direction) => void;
}

interface LabelData extends Record<string, unknown> {
  transition: Transition;
  isChosen: boolean;
  isFaded: boolean;
  onChoose: () => void;
}

interface LineData extends Record<string, unknown> {
  points: readonly Place[];
  tone: Tone;
  isChosen: boolean;
  isFaded: boolean;
}

export type CardNode = Node<CardData, "card">;
export type LabelNode = Node<LabelData, "label">;
export type LineEdge = Edge<LineData, "line">;

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

/** What Tab has reached beyond the edge of the frame is brought into it. */
function useReached({ positionAbsoluteX, positionAbsoluteY, width = 0, height = 0 }: NodeProps) {
  const flow = useReactFlow();
  const store = useStoreApi();
  return (event: FocusEvent) => {
    const { x, y, zoom } = flow.getViewport();
    const frame = store.getState();
    const left = positionAbsoluteX * zoom + x;
    const top = positionAbsoluteY * zoom + y;
    const isInside = left >= 0 && top >= 0 && left + width * zoom <= frame.width && top + height * zoom <= frame.height;
    if (!isInside && event.currentTarget.matches(":focus-visible")) {
      void flow.setCenter(positionAbsoluteX + width / 2, positionAbsoluteY + height / 2, { zoom });
    }
  };
}

export function BoardCard(props: NodeProps<CardNode>) {
  const { stage, kind, who, isMoving, isChosen, isFaulty, onChoose, onStep } = props.data;
  const reach = useReached(props);
  const press = (event: KeyboardEvent) => {
    const direction = event.shiftKey ? ARROWS[event.key] : undefined;
    if (direction) {
      event.preventDefault();
      onStep(direction);
    }
  };
  return (
    <>
      <Handle type="target" position={Position.Top} className={classes.handle} isConnectable={false} />
      <button
        type="button"
        className={classes.card}
        data-end={kind?.ends || undefined}
        data-moving={isMoving || undefined}
        aria-pressed={isChosen}
        onClick={onChoose}
        onKeyDown={press}
        onFocus={reach}
      >
        <span className={classes.kind}>{kind?.label ?? "rodzaj nieznany"}</span>
        <span className={classes.name}>{nameOf(stage)}</span>
        <span className={classes.who}>{who}</span>
        {isFaulty && (
          <span className={classes.faulty}>
            <IconAlertTriangle size={16} role="img" aria-label="wymaga poprawy" />
          </span>
        )}
      </button>
      <Handle type="source" position={Position.Bottom} className={classes.handle} isConnectable={false} />
    </>
  );
}

export function BoardLabel(props: NodeProps<LabelNode>) {
  const { transition, isChosen, isFaded, onChoose } = props.data;
  const reach = useReached(props);
  const words = labelOf(transition);
  return (
    <button
      type="button"
      className={classes.label}
      data-tone={transition.tone}
      data-faded={isFaded || undefined}
      aria-pressed={isChosen}
      aria-label={`Przejście: ${words}`}
      onClick={onChoose}
      onFocus={reach}
    >
      {linesOf(words).map((line) => (
        <span key={line} aria-hidden>
          {line}
        </span>
      ))}
    </button>
  );
}

const TIP = { length: 9, half: 4 };

/** The arrow's point, drawn against the last part of the line. */
function tipOf(points: readonly Place[]): string {
  const [before, end] = [points.at(-2), points.at(-1)];
  if (!before || !end) {
    return "";
  }
  const along = { x: Math.sign(end.x - before.x), y: Math.sign(end.y - before.y) };
  const base = { x: end.x - along.x * TIP.length, y: end.y - along.y * TIP.length };
  const side = { x: along.y * TIP.half, y: along.x * TIP.half };
  return `M ${end.x} ${end.y} L ${base.x + side.x} ${base.y + side.y} L ${base.x - side.x} ${base.y - side.y} z`;
}

export function BoardLine({ data }: EdgeProps<LineEdge>) {
  if (!data) {
    return null;
  }
  const { points, tone, isChosen, isFaded } = data;
  return (
    <g className={classes.way} data-tone={tone} data-chosen={isChosen || undefined} data-faded={isFaded || undefined}>
      <path className={classes.line} d={`M ${points.map(({ x, y }) => `${x} ${y}`).join(" L ")}`} />
      <path className={classes.tip} d={tipOf(points)} />
    </g>
  );
}
