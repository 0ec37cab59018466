import { Position } from "@xyflow/react";
import type { CardNode, LabelNode, LineEdge } from "./BoardParts";
import { type Drawing, type Place, stepped, withMoved } from "./boardLayout";
import type { Chosen } from "./chosen";
import { type Draft, isSame, leaving, type Stage, stageOf, type Transition, transitionOf } from "./draft";
import type { Vocabulary } from "./vocabulary";

export interface BoardProps {
  draft: Draft;
  vocabulary: Vocabulary;
  /** Keys of stages with something that stops the publication. */
  faulty: ReadonlySet<string>;
  chosen: Chosen | null;
  onChoose: (chosen: Chosen) => void;
  /** The draft with its cards elsewhere, and what was done in words. */
  onArrange: (arranged: Draft, deed: string) => void;
}

export type DrawnProps = BoardProps & { drawing: Drawing };

/** A card that follows the pointer. */
export interface Moving {
  stage: string;
  place: Place;
}

/** Both sizes are known before anything is drawn, so the board measures nothing. */
const sized = (width: number, height: number) => ({ width, height, measured: { width, height } });
/** The library calls every part a "node" to screen readers, in English; our buttons say what they are. */
const UNSAID = { "aria-roledescription": undefined };

const touches = (moving: string | null, { from, to }: Transition): boolean => from === moving || to === moving;

/** Cards, each with the labels of its transitions after it: the order in which Tab goes through the board. */
export const nodesOf = (props: DrawnProps, moving: Moving | null): (CardNode | LabelNode)[] =>
  props.draft.stages
    .filter((stage) => stageOf(props.draft, stage.key) === stage)
    .flatMap((stage) => [
      ...cardOf(props, stage, moving),
      ...leaving(props.draft, stage.key).flatMap((one) => labelOf(props, one, moving?.stage ?? null)),
    ]);

function cardOf(props: DrawnProps, stage: Stage, moving: Moving | null): CardNode[] {
  const { draft, drawing, vocabulary, faulty, chosen, onChoose, onArrange } = props;
  const box = drawing.cards.get(stage.key);
  if (!box) {
    return [];
  }
  const isMoving = moving?.stage === stage.key;
  const handle = { x: box.width / 2, width: 1, height: 1 };
  return [
    {
      id: stage.key,
      type: "card",
      position: isMoving ? moving.place : { x: box.x, y: box.y },
      ...sized(box.width, box.height),
      handles: [
        { ...handle, type: "target", position: Position.Top, y: 0 },
        { ...handle, type: "source", position: Position.Bottom, y: box.height },
      ],
      domAttributes: UNSAID,
      data: {
        stage,
        kind: vocabulary.kind(stage.kind),
        who: vocabulary.whoOf(draft, stage),
        isMoving,
        isChosen: chosen?.kind === "stage" && chosen.key === stage.key,
        isFaulty: faulty.has(stage.key),
        onChoose: () => onChoose({ kind: "stage", key: stage.key }),
        onStep: (direction) => {
          const to = stepped(drawing, stage.key, direction);
          if (to) {
            onArrange(withMoved(draft, drawing, stage.key, to), "przesunięcie etapu");
          }
        },
      },
    },
  ];
}

function labelOf(props: DrawnProps, transition: Transition, moving: string | null): LabelNode[] {
  const { drawing, chosen, onChoose } = props;
  const { from, key } = transition;
  const label = drawing.ways.find(({ way }) => isSame(way, transition))?.label;
  if (!label) {
    return [];
  }
  return [
    {
      id: `${from} ${key}`,
      type: "label",
      position: { x: label.x, y: label.y },
      ...sized(label.width, label.height),
      draggable: false,
      domAttributes: UNSAID,
      data: {
        transition,
        isFaded: touches(moving, transition),
        isChosen: chosen?.kind === "transition" && isSame(chosen, transition),
        onChoose: () => onChoose({ kind: "transition", from, key }),
      },
    },
  ];
}

/** Lines as the engine has led them; those of a card that is being moved are faded until they are led anew. */
export const edgesOf = ({ draft, drawing, chosen }: DrawnProps, moving: string | null): LineEdge[] =>
  drawing.ways.flatMap(({ way, points }): LineEdge[] => {
    const transition = transitionOf(draft, way);
    return transition
      ? [
          {
            id: `${way.from} ${way.key}`,
            type: "line",
            source: transition.from,
            target: transition.to,
            ariaRole: "presentation",
            domAttributes: { ...UNSAID, "aria-hidden": true },
            data: {
              points,
              tone: transition.tone,
              isFaded: touches(moving, transition),
              isChosen: chosen?.kind === "transition" && isSame(chosen, way),
            },
          },
        ]
      : [];
  });
