/**
 * How wide what is read or filled in may be. Tables, boards and what stands side by side have no width of their own and
 * take the whole screen (`--opium-table`). There is no third width: `widths.test.ts` holds it.
 */
export const READING = "var(--opium-reading)";
