import { type ReactNode, useId, useState } from "react";
import classes from "@/ui/Panes.module.css";

interface Pane {
  label: string;
  content: ReactNode;
}

interface PanesProps {
  /** What is read. */
  first: Pane;
  /** What is done about it. */
  second: Pane;
  /** Which of them is shown where only one fits, until the other is asked for. */
  begins?: "first" | "second";
}

/** Two things that are needed together: side by side where there is room, one at a time on a phone. Both stay as they are. */
export function Panes({ first, second, begins = "second" }: PanesProps) {
  const [shown, setShown] = useState(begins === "first" ? 0 : 1);
  const id = useId();
  const panes = [first, second];
  return (
    <div className={classes.frame}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its own frame around two buttons */}
      <div className={classes.choice} role="group" aria-label="Pokaż" data-print="no">
        {panes.map(({ label }, index) => (
          <button
            key={label}
            type="button"
            className={classes.tab}
            aria-pressed={shown === index}
            aria-controls={`${id}-${index}`}
            onClick={() => setShown(index)}
          >
            {label}
          </button>
        ))}
      </div>
      {panes.map(({ label, content }, index) => (
        <div key={label} id={`${id}-${index}`} className={classes.pane} data-shown={shown === index}>
          {content}
        </div>
      ))}
    </div>
  );
}
