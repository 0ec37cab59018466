import type { Schemas } from "@/api/client";
import type { Tone } from "@/ui/StatusBadge";

export type Joining = Schemas["JoiningOut"];

export const STATES: Record<Joining["state"], { word: string; tone: Tone }> = {
  waiting: { word: "czeka na zgodę", tone: "warning" },
  agreed: { word: "zgoda", tone: "success" },
  declined: { word: "odmowa", tone: "neutral" },
  withdrawn: { word: "wycofana", tone: "neutral" },
  lapsed: { word: "minął termin", tone: "neutral" },
  void: { word: "nieważna", tone: "neutral" },
};

/** What somebody is asked, as names and values. */
export const factsOf = ({ asker, scope, position, role }: Joining): [string, string][] => [
  ["Kto prosi", asker],
  ["Gdzie", scope.name],
  ...(position ? ([["Stanowisko", position]] as [string, string][]) : []),
  ["Rola", role?.name ?? "bez roli"],
];
