import type { ReactNode } from "react";
import classes from "@/ui/FactStrip.module.css";
import { unbroken } from "@/ui/format";

export interface Fact {
  name: string;
  /** An empty one leaves its fact out: what nobody knows takes no place. */
  value: ReactNode;
}

interface FactStripProps {
  /** Whose move it is, until when, how much, what came of it: in this order on every screen. */
  facts: readonly Fact[];
  /** The one thing to do next; the only control of the screen that is drawn in the primary colour. */
  action?: ReactNode;
  /** Said beside the action at the foot of a phone, where the facts have been scrolled away: "Twój ruch do 5.12". */
  brief?: ReactNode;
  /** What the action leads to is in sight anyhow, but on a phone. */
  isActionForPhone?: boolean;
}

/** What everybody looks for first, under the title of a screen; on a phone the action stays at its foot. */
export function FactStrip({ facts, action, brief, isActionForPhone = false }: FactStripProps) {
  const known = facts.filter(({ value }) => value !== null && value !== undefined && value !== "" && value !== false);
  return (
    <div className={classes.strip}>
      <dl className={classes.facts}>
        {known.map(({ name, value }) => (
          <div key={name} className={classes.fact}>
            <dt>{name}:</dt> <dd>{unbroken(value)}</dd>
          </div>
        ))}
      </dl>
      {action && (
        <div className={classes.action} data-phone={isActionForPhone} data-print="no">
          {brief && (
            <span className={classes.brief} aria-hidden>
              {brief}
            </span>
          )}
          {action}
        </div>
      )}
    </div>
  );
}
