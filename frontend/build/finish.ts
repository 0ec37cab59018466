/** After Vite: the size check, the check of the styles, the compressed copies. */
import { fileURLToPath } from "node:url";
import { compress } from "./compress.ts";
import { BUDGET, undrawn, weigh } from "./firstLoad.ts";

const DIST = fileURLToPath(new URL("../dist", import.meta.url));
const MANTINE = fileURLToPath(new URL("../node_modules/@mantine/core/styles.css", import.meta.url));

const weight = weigh(DIST);
const said = `First load, gzipped: ${weight.js.toFixed(1)} of ${BUDGET.js} kB JS, ${weight.css.toFixed(1)} of ${BUDGET.css} kB CSS.`;
process.stdout.write(`${said}\n`);
const missing = undrawn(DIST, MANTINE);
if (missing.length > 0) {
  throw new Error(`src/ui/mantine.css misses the styles of components in use: ${missing.join(", ")}.`);
}
if (weight.js > BUDGET.js || weight.css > BUDGET.css) {
  throw new Error(`${said} Load what the first screen does not need only when it is shown.`);
}
compress(DIST);
