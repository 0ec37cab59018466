/** Weighs what a person loads before the first screen; the build fails when it is over its budget. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** In kB (thousands of bytes), gzipped. Of the JS, React, the router and the queries alone are about 110. */
export const BUDGET = { js: 150, css: 25 };

/** Each file that the page itself asks for; the desk, to which a signed-in person comes, is among them. */
const filesOf = (page: string): string[] =>
  [...page.matchAll(/(?:src|href)="\/static\/app\/([^"]+\.(?:js|css))"/g)].map(([, file = ""]) => file);

/** What each kind weighs, in kB gzipped. */
export function weigh(dist: string): Record<keyof typeof BUDGET, number> {
  const weight = { js: 0, css: 0 };
  for (const file of filesOf(readFileSync(join(dist, "index.html"), "utf8"))) {
    const kind = file.endsWith(".css") ? "css" : "js";
    weight[kind] += gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / 1000;
  }
  if (weight.js === 0 || weight.css === 0) {
    throw new Error("index.html names no script or no stylesheet: tell build/firstLoad.ts how to find them.");
  }
  if (readdirSync(join(dist, "assets")).some((name) => name.startsWith("Desk-"))) {
    throw new Error("The desk is loaded on its own and is not weighed: src/app/router.tsx imports it at once.");
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
