import { type PointerEvent, useState } from "react";

interface Over {
  key: string;
  /** Below the middle of it. */
  isAfter: boolean;
}

/** The element that can be dropped on, under the pointer, by its data-place. */
function placeUnder(x: number, y: number): Over | null {
  const place = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-place]");
  const key = place?.dataset.place;
  if (!place || !key) {
    return null;
  }
  const { top, height } = place.getBoundingClientRect();
  return { key, isAfter: y > top + height / 2 };
}

const EDGE = 70;
const SCROLL_STEP = 16;

/** Brings what is above or below the window nearer while something is dragged along its edge. */
function scrollAtEdge(y: number): void {
  const step = y < EDGE ? -SCROLL_STEP : y > window.innerHeight - EDGE ? SCROLL_STEP : 0;
  if (step !== 0) {
    window.scrollBy(0, step);
  }
}

/** Dragging by a grip, with a mouse, a pen or a finger; elements to drop on carry data-place. */
export function useDragging(onDrop: (key: string, over: string, isAfter: boolean) => void) {
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<Over | null>(null);

  const end = () => {
    setDragged(null);
    setOver(null);
  };

  return {
    dragged,
    over: over && over.key !== dragged ? over : null,
    grip: (key: string) => ({
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) {
          return;
        }
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragged(key);
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (dragged === key) {
          scrollAtEdge(event.clientY);
          setOver(placeUnder(event.clientX, event.clientY));
        }
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        if (dragged !== key) {
          return;
        }
        const place = placeUnder(event.clientX, event.clientY);
        end();
        if (place && place.key !== key) {
          onDrop(key, place.key, place.isAfter);
        }
      },
      onPointerCancel: end,
      onLostPointerCapture: end,
    }),
  };
}
