import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { Children, type ReactNode, useId } from "react";
import { plural } from "@/ui/format";
import classes from "@/ui/MoreFilters.module.css";

interface MoreFiltersProps {
  /** How many of them narrow the list now: told on the button, for they may be out of sight. */
  used: number;
  children: ReactNode;
}

/** So many stand beside the search on a wide screen without taking a line of their own. */
const BESIDE = 2;

/** Filters of a table beyond the search, behind a button; one or two stand side by side where there is room. */
export function MoreFilters({ used, children }: MoreFiltersProps) {
  const [isOpen, fold] = useDisclosure(false);
  const place = useId();
  const isLong = Children.toArray(children).length > BESIDE;
  return (
    <>
      <Button
        className={classes.button}
        data-long={isLong}
        variant="default"
        leftSection={<IconAdjustmentsHorizontal size={18} aria-hidden />}
        aria-expanded={isOpen}
        aria-controls={place}
        onClick={fold.toggle}
      >
        {used === 0 ? "Filtry" : `Filtry: ${used} ${plural(used, "włączony", "włączone", "włączonych")}`}
      </Button>
      <div id={place} data-long={isLong} className={`${classes.filters} ${isOpen ? "" : classes.folded}`}>
        {children}
      </div>
    </>
  );
}
