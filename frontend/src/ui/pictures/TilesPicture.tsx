import { type KeyboardEvent, useState } from "react";
import { formatNumber } from "@/ui/format";
import type { Tone } from "@/ui/StatusBadge";
import classes from "./Pictures.module.css";

export interface Tile {
  id: string;
  name: string;
  /** Its state in words; tiles of one state share its tone and sign. */
  state: string;
  tone: Tone;
  /** Told besides the colour, for eyes that see none: one character. */
  sign: string;
}

interface TilesPictureProps {
  label: string;
  tiles: readonly Tile[];
  onChoose: (tile: Tile) => void;
}

/** How far an arrow goes; a line more or less is not known before it is drawn. */
const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Each of many by its state, a small tile each, with a legend that counts. One stop of Tab; arrows go from tile to tile. */
export function TilesPicture({ label, tiles, onChoose }: TilesPictureProps) {
  const [at, setAt] = useState(0);
  const here = tiles[Math.min(at, tiles.length - 1)];

  const move = (event: KeyboardEvent<HTMLUListElement>) => {
    const step = STEPS[event.key];
    const next = { Home: 0, End: tiles.length - 1 }[event.key] ?? (step === undefined ? undefined : at + step);
    if (next !== undefined && next >= 0 && next < tiles.length) {
      event.preventDefault();
      setAt(next);
      event.currentTarget.querySelectorAll("button")[next]?.focus();
    }
  };

  return (
    <figure className={classes.figure} aria-label={label}>
      <Legend tiles={tiles} />
      <ul className={classes.tiles} onKeyDown={move} data-print="no">
        {tiles.map((tile, index) => (
          <li key={tile.id}>
            <button
              type="button"
              tabIndex={tile === here ? 0 : -1}
              className={`${classes.tile} ${classes[tile.tone]}`}
              aria-label={`${tile.name}: ${tile.state}`}
              title={`${tile.name}: ${tile.state}`}
              onFocus={() => setAt(index)}
              onClick={() => onChoose(tile)}
            >
              {tile.sign}
            </button>
          </li>
        ))}
      </ul>
    </figure>
  );
}

function Legend({ tiles }: { tiles: readonly Tile[] }) {
  const states = new Map<string, { tile: Tile; count: number }>();
  for (const tile of tiles) {
    states.set(tile.state, { tile, count: (states.get(tile.state)?.count ?? 0) + 1 });
  }
  return (
    <figcaption className={classes.legend}>
      {[...states.values()].map(({ tile, count }) => (
        <span key={tile.state}>
          <span className={`${classes.tile} ${classes.sample} ${classes[tile.tone]}`} aria-hidden>
            {tile.sign}
          </span>{" "}
          {tile.state}: {formatNumber(count)}
        </span>
      ))}
    </figcaption>
  );
}
