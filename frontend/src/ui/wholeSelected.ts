import type { FocusEvent, MouseEvent } from "react";

/**
 * For an input that holds a number: whoever enters it, by a key or the pointer, has the whole number selected, so what
 * they type or paste takes its place. A second click puts the caret where it points.
 */
export const WHOLE_SELECTED = {
  onFocus: (event: FocusEvent<HTMLInputElement>) => event.currentTarget.select(),
  onMouseDown: (event: MouseEvent<HTMLInputElement>) => {
    if (document.activeElement !== event.currentTarget) {
      event.preventDefault(); // the press would end the selection
      event.currentTarget.focus();
    }
  },
};
