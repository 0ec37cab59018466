import { DRAFT } from "@tests/procedures";
import { expect, it } from "vitest";
import { CARD, readDraft, STEP } from "./draft";
import { arrowsOf, placesOf, sizeOf, storedPlace } from "./layout";

const draft = readDraft(DRAFT);

it("stands stages in columns by how far they are from the start", () => {
  const places = placesOf(draft);
  const column = (key: string) => ((places.get(key)?.x ?? -1) - 24) / STEP.x;
  expect(["zlozenie", "ocena", "poprawa", "decyzja", "odmowa", "przyznano"].map(column)).toEqual([0, 1, 2, 2, 2, 3]);
  const inThird = ["poprawa", "decyzja", "odmowa"].map((key) => places.get(key)?.y);
  expect(new Set(inThird).size).toBe(3);
});

it("puts a stage that no way leads to after all others", () => {
  const lost = readDraft({ ...DRAFT, transitions: DRAFT.transitions.filter(({ to }) => to !== "poprawa") });
  expect(placesOf(lost).get("poprawa")?.x).toBe(24 + 4 * STEP.x);
});

it("keeps the places that the city has chosen", () => {
  const placed = { ...draft, stages: draft.stages.map((one, index) => ({ ...one, x: index * 40, y: 8 })) };
  const places = placesOf(placed);
  expect(storedPlace(places.get("poprawa") ?? { x: 0, y: 0 })).toEqual({ x: 80, y: 8 });
});

it("draws an arrow for each transition whose ends exist, and leaves out the rest", () => {
  const broken = {
    ...draft,
    transitions: [...draft.transitions, { ...draft.transitions[0], key: "x", to: "nigdzie" }],
  };
  const arrows = arrowsOf(broken as typeof draft, placesOf(draft));
  expect(arrows.map(({ transition }) => transition.key)).toEqual(draft.transitions.map(({ key }) => key));
});

it("keeps the labels of two transitions between the same stages apart", () => {
  const twin = { ...draft.transitions[1], key: "dalej_2" } as (typeof draft.transitions)[number];
  const arrows = arrowsOf({ ...draft, transitions: [...draft.transitions, twin] }, placesOf(draft));
  const labels = arrows.filter(({ transition }) => transition.key.startsWith("dalej")).map(({ label }) => label.y);
  expect(Math.abs((labels[0] ?? 0) - (labels[1] ?? 0))).toBeGreaterThan(10);
});

it("is as big as its cards", () => {
  const { width } = sizeOf(placesOf(draft));
  expect(width).toBeGreaterThan(3 * STEP.x + CARD.width);
});
