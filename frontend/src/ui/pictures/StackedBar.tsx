import type { Tone } from "@/ui/StatusBadge";
import classes from "./Pictures.module.css";
import { shareOf } from "./pictures";

interface StackedBarProps {
  /** The pieces from the left; what is missing to `total` stays white. */
  pieces: readonly { label: string; value: number; tone: Tone }[];
  total: number;
  isSlim?: boolean;
}

/** A bar of pieces, for the eye alone: whoever draws it says the same in words beside it. */
export function StackedBar({ pieces, total, isSlim = false }: StackedBarProps) {
  return (
    <div className={isSlim ? `${classes.whole} ${classes.slim}` : classes.whole} aria-hidden>
      {pieces
        .filter(({ value }) => value > 0)
        .map(({ label, value, tone }) => (
          <span
            key={label}
            className={`${classes.piece} ${classes[tone]}`}
            style={{ width: shareOf(value, total) }}
            title={label}
          />
        ))}
    </div>
  );
}
