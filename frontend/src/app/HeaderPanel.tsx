import { useClickOutside, useDisclosure, useFocusReturn, useFocusTrap, useId } from "@mantine/hooks";
import type { ReactNode } from "react";
import classes from "@/app/HeaderPanel.module.css";

interface HeaderPanelProps {
  /** What the panel is called. */
  title: string;
  buttonLabel: string;
  buttonClassName: string;
  /** What the button shows. */
  face: ReactNode;
  /** What the panel shows while it is open. */
  children: (close: () => void) => ReactNode;
}

/**
 * A button of the header and the panel below it; Escape and a click beside it close it, and the button has the focus
 * again. It always stands in the same corner, so it needs none of the measuring that makes Mantine's Popover heavy.
 */
export function HeaderPanel({ title, buttonLabel, buttonClassName, face, children }: HeaderPanelProps) {
  const [isOpen, panel] = useDisclosure(false);
  const id = useId();
  const around = useClickOutside<HTMLDivElement>(panel.close);
  const trap = useFocusTrap(isOpen);
  useFocusReturn({ opened: isOpen });
  return (
    <div ref={around}>
      <button
        type="button"
        className={buttonClassName}
        aria-label={buttonLabel}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={panel.toggle}
      >
        {face}
      </button>
      {isOpen && (
        <div
          ref={trap}
          id={id}
          role="dialog"
          aria-label={title}
          tabIndex={-1}
          className={classes.panel}
          onKeyDown={({ key }) => key === "Escape" && panel.close()}
        >
          {children(panel.close)}
        </div>
      )}
    </div>
  );
}
