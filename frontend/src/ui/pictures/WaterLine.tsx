import { Fragment, type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from "react";
import { counted, formatMoney, unbroken } from "@/ui/format";
import { StatusBadge } from "@/ui/StatusBadge";
import classes from "./WaterLine.module.css";

export interface WaterRow {
  key: string;
  place: number;
  /** How many share the place. */
  tied: number;
  name: string;
  asked: string | null;
  amount: string;
  /** What the rules say of its side of the line; "" for nothing. */
  sentence: string;
}

const PAGE = 10;
const APPLICATIONS = ["wniosek", "wnioski", "wniosków"] as const;

/** Where a key puts a line that stands after `after` of `count` rows; the same place for any other key. */
function movedBy(key: string, after: number, count: number): number {
  const wanted: Record<string, number> = {
    ArrowUp: after - 1,
    ArrowDown: after + 1,
    PageUp: after - PAGE,
    PageDown: after + PAGE,
    Home: 0,
    End: count,
  };
  return Math.min(Math.max(wanted[key] ?? after, 0), count);
}

/**
 * A ranking with a line that is dragged, or moved by arrows, Page Up and Down, Home and End: who stands above it gets
 * money. `onMove` hears where it was let go; the sum on it is of the rows above, while it moves too.
 */
export function WaterLine({
  label,
  rows,
  after,
  onMove,
}: {
  label: string;
  rows: readonly WaterRow[];
  /** How many rows stand above the line. */
  after: number;
  onMove: (after: number) => void;
}) {
  const [dragged, setDragged] = useState<number | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  const isHeld = useRef(false);
  const at = dragged ?? after;
  const isAsked = rows.some(({ asked }) => asked !== null);
  const told = `${counted(at, ...APPLICATIONS)} nad linią, razem ${formatMoney(sumOf(rows.slice(0, at)))}`;

  // Moved to another row, the line is another element: it keeps the keyboard, and the table the pointer.
  useLayoutEffect(() => {
    if (isHeld.current && at >= 0) {
      slider.current?.focus();
    }
  }, [at]);

  const press = (event: KeyboardEvent) => {
    const next = movedBy(event.key, at, rows.length);
    if (next !== at) {
      event.preventDefault();
      isHeld.current = true;
      onMove(next);
    }
  };
  const drag = (event: PointerEvent) => {
    if (dragged === null || table.current === null) {
      return;
    }
    const middles = [...table.current.querySelectorAll("[data-row]")].map((row) => {
      const { top, height } = row.getBoundingClientRect();
      return top + height / 2;
    });
    setDragged(middles.filter((middle) => middle < event.clientY).length);
  };
  const drop = () => {
    if (dragged !== null && dragged !== after) {
      onMove(dragged);
    }
    setDragged(null);
  };

  const line = (
    <tr>
      <td colSpan={isAsked ? 4 : 3} className={classes.lineCell}>
        <div
          ref={slider}
          role="slider"
          tabIndex={0}
          aria-label="Linia podziału"
          aria-orientation="vertical"
          aria-valuemin={0}
          aria-valuemax={rows.length}
          aria-valuenow={at}
          aria-valuetext={told}
          className={classes.line}
          onKeyDown={press}
          onPointerDown={(event) => {
            table.current?.setPointerCapture?.(event.pointerId);
            isHeld.current = true;
            setDragged(at);
          }}
          onBlur={() => {
            isHeld.current = false;
          }}
        >
          <span aria-hidden>↕ {told}</span>
        </div>
      </td>
    </tr>
  );

  return (
    <table
      ref={table}
      className={classes.table}
      aria-label={label}
      onPointerMove={drag}
      onPointerUp={drop}
      onPointerCancel={() => setDragged(null)}
    >
      <thead>
        <tr>
          <th scope="col">Miejsce</th>
          <th scope="col">Wniosek</th>
          {isAsked && (
            <th scope="col" className={`${classes.sum} ${classes.asked}`}>
              Wnioskowano
            </th>
          )}
          <th scope="col" className={classes.sum}>
            Kwota
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <Fragment key={row.key}>
            {index === at && line}
            <WaterLineRow row={row} isOver={index < at} isAsked={isAsked} />
          </Fragment>
        ))}
        {at >= rows.length && line}
      </tbody>
    </table>
  );
}

function WaterLineRow({ row, isOver, isAsked }: { row: WaterRow; isOver: boolean; isAsked: boolean }) {
  return (
    <tr data-row className={isOver ? undefined : classes.below}>
      <td>
        {row.place} {row.tied > 1 && <StatusBadge tone="warning">remis</StatusBadge>}
      </td>
      <th scope="row">
        {unbroken(row.name)}
        {row.sentence && <span className={classes.sentence}>{row.sentence}</span>}
      </th>
      {isAsked && (
        <td className={`${classes.sum} ${classes.asked}`}>{row.asked === null ? "–" : formatMoney(row.asked)}</td>
      )}
      <td className={classes.sum}>{isOver ? formatMoney(row.amount) : "–"}</td>
    </tr>
  );
}

/** In grosze, so that no sum is a grosz off. */
function sumOf(rows: readonly WaterRow[]): string {
  const grosze = rows.reduce((total, { amount }) => total + Math.round(Number(amount) * 100), 0);
  return (grosze / 100).toFixed(2);
}
