import type { Schemas } from "@/api/client";

export type Waiting = Schemas["WaitingOut"];
export type WaitingCount = Schemas["WaitingCountOut"];
export type Group = Waiting["group"];
export type RunSection = Schemas["RunSectionOut"];
export type Run = Schemas["RunOut"];
export type Figure = Schemas["FigureOut"];

/** The groups of the desk, the most pressing first. */
export const GROUPS: readonly { group: Group; label: string }[] = [
  { group: "overdue", label: "Po terminie" },
  { group: "today", label: "Na dziś" },
  { group: "week", label: "W ciągu 7 dni" },
  { group: "later", label: "Później i bez terminu" },
];

/** How often the desk asks anew; what is done elsewhere leaves it by then. */
export const EVERY_MINUTE = 60_000;
