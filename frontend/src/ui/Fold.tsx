import { Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "@/ui/Fold.module.css";

interface FoldProps {
  title: string;
  /** Told beside the title, so that one knows what lies inside: "3 pisma". */
  note?: ReactNode;
  isOpen?: boolean;
  /** The level of its heading; 3 inside a titled part of a screen. */
  order?: 2 | 3;
  children: ReactNode;
}

/** A titled part of a screen that few look for: folded until it is pressed, whole on paper. */
export function Fold({ title, note, isOpen = false, order = 2, children }: FoldProps) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className={classes.fold}>
      <details open={isOpen}>
        <summary className={classes.head}>
          <Title order={order} id={heading} className={classes.title}>
            {title}
          </Title>
          {note && <span className={classes.note}>{note}</span>}
        </summary>
        <div className={classes.body}>{children}</div>
      </details>
    </section>
  );
}
