import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { withLayoutEngine } from "@tests/layoutEngine";
import { DRAFT } from "@tests/procedure";
import { beforeAll, describe, expect, it } from "vitest";
import { type Box, type Drawing, drawingOf, graphOf, inOrder, linesOf, stepped, withMoved } from "./boardLayout";
import { pictureOf } from "./boardPicture";
import { type Draft, readDraft } from "./draft";
import { arranged } from "./layoutEngine";

const TYPES = resolve("../platform/catalogue/shipped/types");
const catalogue = readdirSync(TYPES).map((type): [string, Draft] => [
  type,
  readDraft(JSON.parse(readFileSync(`${TYPES}/${type}/procedure.json`, "utf-8"))),
]);
const draft = readDraft(DRAFT);
const drawn = async (one: Draft): Promise<Drawing> => drawingOf(await arranged(graphOf(one)));

const over = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

/** A line touches the edge of the two cards that it joins: one sign inside is already through. */
const inside = ({ x, y, width, height }: Box): Box => ({ x: x + 1, y: y + 1, width: width - 2, height: height - 2 });

function* faultsOf({ cards, ways }: Drawing): Generator<string> {
  for (const { way, points, label } of ways) {
    const name = `${way.from}/${way.key}`;
    for (const [key, card] of cards) {
      if (over(label, card)) {
        yield `label of ${name} lies over ${key}`;
      }
      for (const [index, end] of points.entries()) {
        const start = points[index - 1] ?? end;
        const part = {
          x: Math.min(start.x, end.x),
          y: Math.min(start.y, end.y),
          width: Math.abs(start.x - end.x) + 0.1,
          height: Math.abs(start.y - end.y) + 0.1,
        };
        if (over(part, inside(card))) {
          yield `line of ${name} goes through ${key}`;
        }
      }
    }
    for (const other of ways) {
      if (other !== ways.find((one) => one.way === way) && over(label, other.label)) {
        yield `label of ${name} lies over the label of ${other.way.from}/${other.way.key}`;
      }
    }
  }
}

beforeAll(withLayoutEngine);

describe.each(catalogue)("the board of %s", (_, type) => {
  it("has no line through a card and no label over a card or another label", async () => {
    const drawing = await drawn(type);
    expect([...faultsOf(drawing)]).toEqual([]);
    expect([...drawing.cards.keys()]).toEqual(type.stages.map(({ key }) => key));
    expect(drawing.ways).toHaveLength(type.transitions.length);
    expect(drawing.ways.every(({ points }) => points.length >= 2)).toBe(true);
  });

  it("stays so when somebody has put its cards elsewhere, even upon each other", async () => {
    const moved = { ...type, stages: type.stages.map((stage, at) => ({ ...stage, x: (at % 3) * 90, y: at * 17 + 1 })) };
    expect([...faultsOf(await drawn(moved))]).toEqual([]);
  });

  it("stays so with every label as long as two lines", async () => {
    const label = "Zwróć sprawozdanie do uzupełnienia przez wnioskodawcę";
    const wordy = { ...type, transitions: type.transitions.map((one) => ({ ...one, label })) };
    expect([...faultsOf(await drawn(wordy))]).toEqual([]);
  });
});

it("leads from the first stage down, in the order of the outline", async () => {
  const { cards } = await drawn(draft);
  const top = (key: string) => cards.get(key)?.y ?? -1;
  expect(top("zlozenie")).toBeLessThan(top("ocena"));
  expect(top("ocena")).toBeLessThan(top("decyzja"));
  expect(top("decyzja")).toBeLessThan(top("przyznano"));
});

it("puts a card before its neighbour when it is moved past it, and back by arranging anew", async () => {
  const drawing = await drawn(draft);
  const [left, right] = ["poprawa", "decyzja"]
    .map((key) => ({ key, x: drawing.cards.get(key)?.x ?? 0 }))
    .toSorted((one, other) => one.x - other.x);
  const to = stepped(drawing, right?.key ?? "", "left");
  const moved = withMoved(draft, drawing, right?.key ?? "", to ?? { x: 0, y: 0 });
  const after = (await drawn(moved)).cards;
  expect(after.get(right?.key ?? "")?.x).toBeLessThan(after.get(left?.key ?? "")?.x ?? 0);
  expect((await drawn(inOrder(moved))).cards).toEqual(drawing.cards);
});

it("draws an arrow for each transition whose ends exist, and leaves out the rest", async () => {
  const lost = { ...draft.transitions[0], key: "x", to: "nigdzie" } as Draft["transitions"][number];
  const { ways } = await drawn({ ...draft, transitions: [...draft.transitions, lost] });
  expect(ways.map(({ way }) => way.key)).toEqual(draft.transitions.map(({ key }) => key));
});

it("breaks a long label between words and never within one", () => {
  expect(linesOf("Zwróć sprawozdanie do uzupełnienia")).toEqual(["Zwróć sprawozdanie do", "uzupełnienia"]);
  expect(linesOf("Odrzuć")).toEqual(["Odrzuć"]);
});

it("exports a picture that is a whole document with every stage and every transition", async () => {
  const vocabulary = { kinds: [], effects: [], kind: () => undefined, whoOf: () => "Referent" };
  const named = { ...draft, name: "Granty & <nagrody>" };
  const picture = new DOMParser().parseFromString(pictureOf(await drawn(named), named, vocabulary), "image/svg+xml");
  expect(picture.querySelector("parsererror")).toBeNull();
  expect(picture.querySelector("title")?.textContent).toBe("Granty & <nagrody>");
  const words = [...picture.querySelectorAll("text")].map((text) => text.textContent);
  expect(words).toEqual(expect.arrayContaining(["Ocena formalna", "Wezwij do poprawy", "Referent"]));
  expect(picture.querySelectorAll("polyline")).toHaveLength(draft.transitions.length);
});
