import { CARD, type Draft, hasPlaces, STEP, type Transition } from "./draft";

export interface Place {
  x: number;
  y: number;
}

export interface Arrow {
  transition: Transition;
  path: string;
  /** Where the label stands: the middle of it. */
  label: Place;
}

const EDGE = 24;
const UNDER = 46;

/** Where each stage stands on the board: as the city has put it, else in columns by how far it is from the start. */
export function placesOf(draft: Draft): ReadonlyMap<string, Place> {
  if (hasPlaces(draft)) {
    return new Map(draft.stages.map(({ key, x, y }) => [key, { x: x + EDGE, y: y + EDGE }]));
  }
  const columns = columnsOf(draft);
  const filled = new Map<number, number>();
  return new Map(
    draft.stages.map(({ key }) => {
      const column = columns.get(key) ?? 0;
      const row = filled.get(column) ?? 0;
      filled.set(column, row + 1);
      return [key, { x: EDGE + column * STEP.x, y: EDGE + row * STEP.y }];
    }),
  );
}

/** The places as stored: without the edge of the board. */
export const storedPlace = ({ x, y }: Place): Place => ({ x: Math.max(0, x - EDGE), y: Math.max(0, y - EDGE) });

/** Steps from the first stage along the shortest way; what no way leads to stands in the column after all others. */
function columnsOf({ stages, transitions }: Draft): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  const queue = stages.slice(0, 1).map(({ key }) => key);
  for (const first of queue) {
    columns.set(first, 0);
  }
  for (let index = 0; index < queue.length; index += 1) {
    const from = queue[index] ?? "";
    for (const { to } of transitions.filter((one) => one.from === from)) {
      if (!columns.has(to) && stages.some(({ key }) => key === to)) {
        columns.set(to, (columns.get(from) ?? 0) + 1);
        queue.push(to);
      }
    }
  }
  const last = Math.max(-1, ...columns.values());
  for (const { key } of stages) {
    if (!columns.has(key)) {
      columns.set(key, last + 1);
    }
  }
  return columns;
}

/** The arrows of the board; those whose ends do not exist are left out (the list of problems tells of them). */
export function arrowsOf(draft: Draft, places: ReadonlyMap<string, Place>): readonly Arrow[] {
  const drawn = new Map<string, number>();
  const ends = draft.transitions.flatMap((transition) => {
    const from = places.get(transition.from);
    const to = places.get(transition.to);
    return from && to ? [{ transition, from, to }] : [];
  });
  return ends.map(({ transition, from, to }) => {
    const pair = [transition.from, transition.to].toSorted().join(" ");
    const index = drawn.get(pair) ?? 0;
    drawn.set(pair, index + 1);
    if (!isAhead(from, to)) {
      return { transition, ...lineAside(from, to, index) };
    }
    const leaving = ends.filter((one) => one.from === from && isAhead(one.from, one.to));
    const coming = ends.filter((one) => one.to === to && isAhead(one.from, one.to));
    const start = sharedEdge(
      from,
      leaving.toSorted((one, other) => one.to.y - other.to.y).map((one) => one.transition),
      transition,
    );
    const end = sharedEdge(
      to,
      coming.toSorted((one, other) => one.from.y - other.from.y).map((one) => one.transition),
      transition,
    );
    return { transition, ...lineAhead({ x: from.x + CARD.width, y: start }, { x: to.x, y: end }) };
  });
}

const isAhead = (from: Place, to: Place): boolean => to.x >= from.x + CARD.width;

/** Lines that share a side of a card stand apart on it, in the order of what they lead to. */
function sharedEdge(card: Place, sharing: readonly Transition[], one: Transition): number {
  return card.y + (CARD.height * (sharing.indexOf(one) + 1)) / (sharing.length + 1);
}

function lineAhead(start: Place, end: Place): Omit<Arrow, "transition"> {
  const middle = (start.x + end.x) / 2;
  return curve(start, { x: middle, y: start.y }, { x: middle, y: end.y }, end);
}

/** A line back, or within a column; further ones of the same pair are drawn aside, so that their labels stay apart. */
function lineAside(from: Place, to: Place, index: number): Omit<Arrow, "transition"> {
  const aside = index * 30;
  if (from === to) {
    return loopOf(from, aside);
  }
  if (to.x + CARD.width <= from.x) {
    const start = { x: from.x + CARD.width / 2 - aside, y: from.y + CARD.height };
    const end = { x: to.x + CARD.width / 2 + aside, y: to.y + CARD.height };
    const low = Math.max(start.y, end.y) + UNDER + aside;
    return curve(start, { x: start.x, y: low }, { x: end.x, y: low }, end);
  }
  const isDown = to.y > from.y;
  const start = { x: from.x + CARD.width / 2 + aside, y: isDown ? from.y + CARD.height : from.y };
  const end = { x: to.x + CARD.width / 2 + aside, y: isDown ? to.y : to.y + CARD.height };
  const middle = (start.y + end.y) / 2;
  return curve(start, { x: start.x, y: middle }, { x: end.x, y: middle }, end);
}

function loopOf(card: Place, aside: number): Omit<Arrow, "transition"> {
  const start = { x: card.x + CARD.width - 60, y: card.y };
  const end = { x: card.x + CARD.width - 20, y: card.y };
  const high = card.y - 40 - aside;
  return curve(start, { x: start.x - 10, y: high }, { x: end.x + 10, y: high }, end);
}

function curve(start: Place, first: Place, second: Place, end: Place): Omit<Arrow, "transition"> {
  const middle = (key: "x" | "y") => (start[key] + 3 * first[key] + 3 * second[key] + end[key]) / 8;
  return {
    path: `M ${start.x} ${start.y} C ${first.x} ${first.y}, ${second.x} ${second.y}, ${end.x} ${end.y}`,
    label: { x: middle("x"), y: middle("y") },
  };
}

/** How big the board is: all cards and the lines beneath them. */
export function sizeOf(places: ReadonlyMap<string, Place>): { width: number; height: number } {
  const all = [...places.values()];
  return {
    width: Math.max(0, ...all.map(({ x }) => x)) + CARD.width + EDGE,
    height: Math.max(0, ...all.map(({ y }) => y)) + CARD.height + UNDER + 2 * EDGE,
  };
}
