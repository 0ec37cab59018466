import type { ElkExtendedEdge, ElkNode } from "elkjs/lib/elk-api";
import { CARD, type Draft, hasPlaces, type Stage, type Transition, type Way } from "./draft";

export interface Place {
  x: number;
  y: number;
}

export interface Box extends Place {
  width: number;
  height: number;
}

/** A transition as it is drawn: a line of straight parts from card to card, and where its label stands. */
export interface DrawnWay {
  way: Way;
  points: readonly Place[];
  label: Box;
}

/** Where everything of the board stands; no label lies over a card, no line goes through one. */
export interface Drawing {
  width: number;
  height: number;
  cards: ReadonlyMap<string, Box>;
  ways: readonly DrawnWay[];
}

const LABEL = { signs: 24, sign: 7, line: 18, edge: 18, margin: 6 };

/** What a label says, in the lines in which it is drawn: a long one is broken between words. */
export function linesOf(text: string, most: number = LABEL.signs): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < most) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

export const labelOf = (transition: Pick<Transition, "label">): string => transition.label.trim() || "bez nazwy";

function labelSize(transition: Transition): Pick<Box, "width" | "height"> {
  const lines = linesOf(labelOf(transition));
  const longest = Math.max(...lines.map((line) => line.length));
  return { width: longest * LABEL.sign + LABEL.edge, height: lines.length * LABEL.line + LABEL.margin };
}

/** From the first stage down, in the order of the outline: what leads back in it is drawn as a way back. */
const LAYERED = {
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.padding": "[top=24,left=24,bottom=24,right=24]",
  "elk.spacing.nodeNode": "32",
  "elk.spacing.edgeNode": "18",
  "elk.spacing.edgeEdge": "12",
  "elk.spacing.edgeLabel": "4",
  "elk.spacing.labelNode": "8",
  "elk.layered.spacing.nodeNodeBetweenLayers": "32",
  "elk.layered.spacing.edgeNodeBetweenLayers": "16",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "12",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
};
const BY_ITSELF = {
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.layered.cycleBreaking.strategy": "MODEL_ORDER",
};
/** The city's own places say which card is above and which beside; the lines still go around all of them. */
const AS_PLACED = {
  "elk.interactive": "true",
  "elk.layered.cycleBreaking.strategy": "INTERACTIVE",
  "elk.layered.layering.strategy": "INTERACTIVE",
  "elk.layered.crossingMinimization.semiInteractive": "true",
};
const ON_THE_LINE = { "elk.edgeLabels.placement": "CENTER", "elk.edgeLabels.inline": "true" };

const wayOf = ({ from, key }: Transition): Way => ({ from, key });

/** What the layout engine is asked: cards and the transitions whose ends exist (the problems tell of the others). */
export function graphOf(draft: Draft): ElkNode {
  const isPlaced = hasPlaces(draft);
  const stages = new Map<string, Stage>(draft.stages.toReversed().map((stage) => [stage.key, stage]));
  const ways = draft.transitions.filter(({ from, to }) => stages.has(from) && stages.has(to));
  return {
    id: "board",
    layoutOptions: { ...LAYERED, ...(isPlaced ? AS_PLACED : BY_ITSELF) },
    children: draft.stages
      .filter((stage) => stages.get(stage.key) === stage)
      .map(({ key, x, y }) => ({
        id: key,
        width: CARD.width,
        height: CARD.height,
        ...(isPlaced ? { x, y, layoutOptions: { "elk.position": `(${x},${y})` } } : {}),
      })),
    edges: ways.map((transition) => ({
      id: JSON.stringify(wayOf(transition)),
      sources: [transition.from],
      targets: [transition.to],
      labels: [{ text: labelOf(transition), ...labelSize(transition), layoutOptions: ON_THE_LINE }],
    })),
  };
}

const boxOf = ({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box => ({ x, y, width, height });

function drawnWay({ id, sections, labels }: ElkExtendedEdge): DrawnWay {
  const points = (sections ?? []).flatMap(({ startPoint, bendPoints, endPoint }) => [
    startPoint,
    ...(bendPoints ?? []),
    endPoint,
  ]);
  return { way: JSON.parse(id) as Way, points, label: boxOf(labels?.[0] ?? {}) };
}

/** The engine's answer as the board and the exported picture draw it. */
export function drawingOf({ width = 0, height = 0, children, edges }: ElkNode): Drawing {
  return {
    width,
    height,
    cards: new Map((children ?? []).map((child) => [child.id, boxOf(child)])),
    ways: (edges ?? []).map(drawnWay),
  };
}

/** The draft with every card where it is drawn, and the one that was moved at its new place. */
export const withMoved = (draft: Draft, drawing: Drawing, moved: string, to: Place): Draft => ({
  ...draft,
  stages: draft.stages.map((stage) => {
    const at = stage.key === moved ? to : drawing.cards.get(stage.key);
    return at ? { ...stage, x: Math.round(at.x), y: Math.round(at.y) } : stage;
  }),
});

export const inOrder = (draft: Draft): Draft => ({
  ...draft,
  stages: draft.stages.map((stage) => ({ ...stage, x: 0, y: 0 })),
});

export type Direction = "left" | "right" | "up" | "down";

/** Where a card goes by one press of an arrow: past its neighbour in the row, or into the row above or below. */
export function stepped({ cards }: Drawing, key: string, direction: Direction): Place | null {
  const card = cards.get(key);
  if (!card) {
    return null;
  }
  const others = [...cards].filter(([other]) => other !== key).map(([, box]) => box);
  if (direction === "left" || direction === "right") {
    const sign = direction === "left" ? -1 : 1;
    const row = others.filter((box) => Math.abs(box.y - card.y) < card.height && (box.x - card.x) * sign > 0);
    const next = row.toSorted((one, other) => (one.x - other.x) * sign)[0];
    return { x: (next ?? card).x + sign * (next ? card.width / 2 : card.width), y: card.y };
  }
  const sign = direction === "up" ? -1 : 1;
  const rows = others.filter((box) => (box.y - card.y) * sign >= card.height);
  const next = rows.toSorted((one, other) => (one.y - other.y) * sign)[0];
  return { x: card.x, y: next ? next.y : card.y + sign * 2 * card.height };
}
