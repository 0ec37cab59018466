import { type Drawing, labelOf, linesOf } from "./boardLayout";
import { type Draft, nameOf, stageOf, type Tone, transitionOf } from "./draft";
import type { Vocabulary } from "./vocabulary";

/** A file knows no variables of a page, and lies on white paper. */
const INK = {
  text: "#1b2733",
  dimmed: "#4b5966",
  edge: "#7b8894",
  paper: "#ffffff",
  accent: "#1f5796",
  plain: "#3d4a57",
};
const TONES: Readonly<Record<Tone, string>> = { neutral: INK.plain, positive: "#1d7a48", negative: "#a61b1b" };
const FONT = "'Source Sans 3', 'Source Sans Pro', Arial, sans-serif";

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

const textAt = (x: number, y: number, text: string, more = ""): string =>
  `<text x="${x}" y="${y}" fill="${INK.text}" ${more}>${escaped(text)}</text>`;

function cardsOf(drawing: Drawing, draft: Draft, vocabulary: Vocabulary): string[] {
  return [...drawing.cards].flatMap(([key, box]) => {
    const stage = stageOf(draft, key);
    if (!stage) {
      return [];
    }
    const name = linesOf(nameOf(stage), 27);
    const kind = vocabulary.kind(stage.kind);
    return [
      `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="4" fill="${INK.paper}" stroke="${INK.edge}"/>`,
      `<rect x="${box.x}" y="${box.y}" width="4" height="${box.height}" fill="${kind?.ends ? INK.plain : INK.accent}"/>`,
      textAt(box.x + 14, box.y + 20, cut(kind?.label ?? "", 30), 'font-size="12"'),
      ...name
        .slice(0, 2)
        .map((line, index) =>
          textAt(
            box.x + 14,
            box.y + 40 + index * 18,
            cut(index === 1 && name.length > 2 ? `${line}…` : line, 27),
            'font-weight="600"',
          ),
        ),
      textAt(box.x + 14, box.y + box.height - 10, cut(vocabulary.whoOf(draft, stage), 30), 'font-size="12"'),
    ];
  });
}

function waysOf(drawing: Drawing, draft: Draft): string[] {
  return drawing.ways.flatMap(({ way, points, label }) => {
    const transition = transitionOf(draft, way);
    if (!transition) {
      return [];
    }
    const colour = TONES[transition.tone];
    const middle = label.x + label.width / 2;
    return [
      `<polyline points="${points.map(({ x, y }) => `${x},${y}`).join(" ")}" fill="none" stroke="${colour}" stroke-width="1.5" marker-end="url(#${transition.tone})"/>`,
      `<rect x="${label.x}" y="${label.y}" width="${label.width}" height="${label.height}" rx="10" fill="${INK.paper}" stroke="${colour}"/>`,
      ...linesOf(labelOf(transition)).map((line, index) =>
        textAt(middle, label.y + 16 + index * 18, line, 'font-size="13" text-anchor="middle"'),
      ),
    ];
  });
}

/** The board as an SVG document that stands by itself: for a letter, an instruction, a poster. */
export function pictureOf(drawing: Drawing, draft: Draft, vocabulary: Vocabulary): string {
  const markers = Object.entries(TONES).map(
    ([tone, colour]) =>
      `<marker id="${tone}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto" markerUnits="userSpaceOnUse"><path d="M0 0L10 5L0 10z" fill="${colour}"/></marker>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" lang="pl" role="img" width="${drawing.width}" height="${drawing.height}" viewBox="0 0 ${drawing.width} ${drawing.height}" font-family="${FONT}" font-size="14">`,
    `<title>${escaped(draft.name || "Procedura")}</title>`,
    `<defs>${markers.join("")}</defs>`,
    `<rect width="100%" height="100%" fill="${INK.paper}"/>`,
    ...waysOf(drawing, draft),
    ...cardsOf(drawing, draft, vocabulary),
    "</svg>",
  ].join("\n");
}
