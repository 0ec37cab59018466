import type { Schemas } from "@/api/client";
import type { Tone } from "@/ui/StatusBadge";

export type Motion = Schemas["MotionOut"];

/** Whether it is about how somebody signs in. */
export const isRecovery = ({ kind }: Pick<Motion, "kind">) =>
  kind === "factors" || kind === "address" || kind === "password";

export const STATES: Record<Motion["state"], { word: string; tone: Tone }> = {
  waiting: { word: "czeka na drugą osobę", tone: "warning" },
  confirmed: { word: "potwierdzono", tone: "success" },
  refused: { word: "odmówiono", tone: "neutral" },
  withdrawn: { word: "wycofano", tone: "neutral" },
  lapsed: { word: "minął termin", tone: "neutral" },
  void: { word: "straciło ważność", tone: "neutral" },
};
