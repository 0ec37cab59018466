/** Weighs what a person loads before the first screen; the build fails when it is over its budget. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** One file of Vite's manifest. */
interface Chunk {
  file: string;
  imports?: string[];
  css?: string[];
}

type Manifest = Record<string, Chunk>;

/** index.html's own files, and the page to which a signed-in person comes. */
const FIRST_SCREEN = ["index.html", "src/modules/todo/Desk.tsx"];

/** In kB (thousands of bytes), gzipped. Of the JS, React, the router and the queries alone are about 110. */
export const BUDGET = { js: 166, css: 25 };

/** The files that must have come before these entries can be shown, each once. */
function filesOf(manifest: Manifest, entries: readonly string[]): string[] {
  const files = new Set<string>();
  const seen = new Set<string>();
  const follow = (name: string) => {
    const chunk = manifest[name];
    if (!chunk) {
      throw new Error(`The build has no "${name}": name the first screen's files anew in build/firstLoad.ts.`);
    }
    if (!seen.has(name)) {
      seen.add(name);
      for (const file of [chunk.file, ...(chunk.css ?? [])]) {
        files.add(file);
      }
      chunk.imports?.forEach(follow);
    }
  };
  entries.forEach(follow);
  return [...files];
}

/** What each kind weighs, in kB gzipped. */
export function weigh(dist: string): Record<keyof typeof BUDGET, number> {
  const manifest = JSON.parse(readFileSync(join(dist, ".vite", "manifest.json"), "utf8")) as Manifest;
  const weight = { js: 0, css: 0 };
  for (const file of filesOf(manifest, FIRST_SCREEN)) {
    const kind = file.endsWith(".css") ? "css" : "js";
    weight[kind] += gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / 1000;
  }
  return weight;
}

/** Mantine's classes that the built scripts use and no built stylesheet draws: "src/ui/mantine.css" misses their component. */
export function undrawn(dist: string, mantine: string): string[] {
  const known = new Set(readFileSync(mantine, "utf8").match(/\bm_[0-9a-f]{4,8}\b/g));
  const assets = join(dist, "assets");
  const classes = (kind: string) =>
    new Set(
      readdirSync(assets)
        .filter((name) => name.endsWith(kind))
        .flatMap((name) => readFileSync(join(assets, name), "utf8").match(/\bm_[0-9a-f]{4,8}\b/g) ?? []),
    );
  const drawn = classes(".css");
  return [...classes(".js")].filter((name) => known.has(name) && !drawn.has(name));
}
