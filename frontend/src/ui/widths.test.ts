import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const screens = import.meta.glob<string>("../**/*.tsx", { eager: true, query: "?raw", import: "default" });
// Vite's own reading of a style gives its classes, not its text.
const styles = Object.fromEntries(
  readdirSync("src", { recursive: true, encoding: "utf-8" })
    .filter((path) => path.endsWith(".css"))
    .map((path) => [path, readFileSync(`src/${path}`, "utf-8")]),
);

/** Wider than any field, card or cell: the width of a whole page. */
const WIDE = 40;
const wide = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].filter(([, width]) => Number(width) >= WIDE).map(([found]) => found);

it("gives pages two widths only, both named in global.css", () => {
  const said = [
    ...Object.entries(screens).flatMap(([path, text]) =>
      wide(text, /(?:maw|w|width|maxWidth)[=:]\s*\{?"([\d.]+)rem"/g).map((found) => `${path}: ${found}`),
    ),
    ...Object.entries(styles).flatMap(([path, text]) =>
      wide(text, /^\s+(?:max-)?width:\s*([\d.]+)rem/gm).map((found) => `${path}: ${found}`),
    ),
  ];
  expect(said).toEqual([]);
  expect(
    Object.values(styles)
      .join("")
      .match(/--opium-(reading|table): /g),
  ).toHaveLength(2);
});

it("lets nothing make a grid wider than its place: each names its columns, or what it centres", () => {
  const loose = Object.entries(styles).flatMap(([path, text]) =>
    [...text.matchAll(/\{[^{}]*display: grid;[^{}]*\}/g)]
      .filter(([block]) => !/grid-template|grid-auto|place-/.test(block))
      .map(() => path),
  );
  expect(loose).toEqual([]);
});

/** The opening tag that begins at `start`; a `>` inside of braces belongs to an arrow or a comparison. */
function tagAt(text: string, start: number): string {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const sign = text[at];
    depth += sign === "{" ? 1 : sign === "}" ? -1 : 0;
    if (sign === ">" && depth === 0) {
      return text.slice(start, at + 1);
    }
  }
  return text.slice(start);
}

/** In the primary colour: a button without a variant of its own. What a dialog asks last has a dialog to itself. */
const primary = (text: string): string[] =>
  [...text.matchAll(/<(?:Button|ButtonLink)\b/g)]
    .map(({ index }) => tagAt(text, index))
    .filter((tag) => !/variant=|data-autofocus/.test(tag));

/** Files where two stand in the text and one at a time on the screen. */
const ONE_AT_A_TIME: Readonly<Record<string, string>> = {
  "../app/ConfirmEmail.tsx": "before the deed, and after it",
  "../app/Patterns.tsx": "the page of patterns shows one in two patterns, of which the second is drawn quietly",
  "../modules/accounts/BulkInvitation.tsx": "before the deed, and after it",
  "../modules/applications/OwnDeeds.tsx": "one call to copy into, or a menu of several",
  "../modules/applications/ScenarioView.tsx": "a line that was moved is saved before anything is recommended",
  "../modules/forms/SheetPage.tsx": "before the deed, and after it",
  "../modules/procedures/CaseFacts.tsx": "the next step is a link or a press",
  "../modules/todo/CalendarLink.tsx": "before the deed, and after it",
};

it("draws one button of a screen in the primary colour: the one thing to do next", () => {
  const several = Object.entries(screens)
    .filter(([path, text]) => !path.endsWith(".test.tsx") && primary(text).length > 1)
    .map(([path]) => path);
  expect(several.toSorted()).toEqual(Object.keys(ONE_AT_A_TIME).toSorted());
});

it("sees a second primary button when there is one", () => {
  const text =
    '<Button onClick={() => a > b}>A</Button><ButtonLink to="/">B</ButtonLink><Button variant="default">C</Button>';
  expect(primary(text)).toHaveLength(2);
});
