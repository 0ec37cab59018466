import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { type ReactNode, useId } from "react";
import { plural } from "@/ui/format";
import classes from "@/ui/MoreFilters.module.css";

interface MoreFiltersProps {
  /** How many of them narrow the list now: told on the button, for they may be out of sight. */
  used: number;
  children: ReactNode;
}

/** Filters of a table beyond the search: side by side on a wide screen, behind a button on a phone. */
export function MoreFilters({ used, children }: MoreFiltersProps) {
  const [isOpen, fold] = useDisclosure(false);
  const place = useId();
  return (
    <>
      <Button
        className={classes.button}
        variant="default"
        leftSection={<IconAdjustmentsHorizontal size={18} aria-hidden />}
        aria-expanded={isOpen}
        aria-controls={place}
        onClick={fold.toggle}
      >
        {used === 0 ? "Filtry" : `Filtry: ${used} ${plural(used, "włączony", "włączone", "włączonych")}`}
      </Button>
      <div id={place} className={`${classes.filters} ${isOpen ? "" : classes.folded}`}>
        {children}
      </div>
    </>
  );
}
