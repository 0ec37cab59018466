import { IconAlertTriangle, IconCircleCheck, IconClock, IconInfoCircle, IconMinus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "@/ui/StatusBadge.module.css";

export type Tone = "neutral" | "info" | "success" | "warning" | "danger";

const ICONS = {
  neutral: IconMinus,
  info: IconInfoCircle,
  success: IconCircleCheck,
  warning: IconClock,
  danger: IconAlertTriangle,
} as const;

/** The state of a thing in a word; the icon tells the tone to those who do not see the colour. */
export function StatusBadge({ tone, children }: { tone: Tone; children: ReactNode }) {
  const Icon = ICONS[tone];
  return (
    <span className={`${classes.badge} ${classes[tone]}`}>
      <Icon size={14} aria-hidden />
      {children}
    </span>
  );
}
