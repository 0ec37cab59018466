import { formatNumber } from "@/ui/format";
import type { Counts } from "./nouns";
import classes from "./StatusTiles.module.css";

const STATUSES = ["opened", "unopened", "answered", "silent", "late", "recalled"] as const;
/** As the API's `status` takes it. */
export type Status = (typeof STATUSES)[number];

interface StatusTilesProps {
  counts: Counts;
  wantsAnswer: boolean;
  chosen: Status | undefined;
  onChoose: (status: Status | undefined) => void;
}

interface Tile {
  status: Status | undefined;
  label: string;
  count: number;
}

function tilesOf(counts: Counts, wantsAnswer: boolean): readonly Tile[] {
  return [
    { status: undefined, label: "Wszyscy", count: counts.recipients },
    { status: "opened", label: "Otwarto", count: counts.opened },
    { status: "unopened", label: "Nie otwarto", count: counts.recipients - counts.opened },
    ...(wantsAnswer
      ? ([
          { status: "answered", label: "Odpowiedziano", count: counts.answered },
          { status: "silent", label: "Milczą", count: counts.silent },
          { status: "late", label: "Po terminie", count: counts.late },
        ] as const)
      : []),
    ...(counts.recalled > 0 ? ([{ status: "recalled", label: "Wycofano", count: counts.recalled }] as const) : []),
  ];
}

/** How many recipients are in which state; pressing one leaves only those in the table. */
export function StatusTiles({ counts, wantsAnswer, chosen, onChoose }: StatusTilesProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid in every browser, and means the same
    <div role="group" aria-label="Pokaż adresatów" className={classes.tiles}>
      {tilesOf(counts, wantsAnswer).map(({ status, label, count }) => (
        <button
          key={label}
          type="button"
          className={classes.tile}
          aria-pressed={status === chosen}
          onClick={() => onChoose(status === chosen ? undefined : status)}
        >
          <span className={classes.count}>{formatNumber(count)}</span> <span>{label}</span>
        </button>
      ))}
    </div>
  );
}

export const statuses: readonly Status[] = STATUSES;
