import { Text } from "@mantine/core";
import { formatMoney } from "@/ui/format";
import classes from "./FigureBar.module.css";
import type { Figures } from "./nouns";

/** What a pot's plan is made of, in the order of the bar; grosze as whole numbers, so that nothing is rounded away. */
const grosze = (amount: string) => Math.round(Number(amount) * 100);

function partsOf(figures: Figures) {
  const settled = grosze(figures.settled);
  const held = Math.max(0, grosze(figures.granted) - grosze(figures.returned) - settled);
  return [
    ["settled", "rozliczono", settled],
    ["granted", "przyznano, jeszcze nie rozliczono", held],
    ["reserved", "zarezerwowano", grosze(figures.reserved)],
    ["delegated", "wydzielono", grosze(figures.delegated)],
  ] as const;
}

interface FigureBarProps {
  figures: Figures;
  /** With a legend that says every part in words and numbers. */
  isLarge?: boolean;
}

/** How a pot is used, as a bar, and what is left in a sentence. */
export function FigureBar({ figures, isLarge = false }: FigureBarProps) {
  const planned = grosze(figures.planned);
  const parts = partsOf(figures);
  return (
    <div className={`${classes.frame} ${isLarge ? classes.large : ""}`}>
      <div className={classes.bar} aria-hidden>
        {parts.map(([name, , amount]) => (
          <span
            key={name}
            className={classes[name]}
            style={{ width: `${planned > 0 ? Math.min(100, (100 * amount) / planned) : 0}%` }}
          />
        ))}
      </div>
      {isLarge ? (
        <ul className={classes.legend}>
          {parts
            .filter(([, , amount]) => amount > 0)
            .map(([name, label, amount]) => (
              <li key={name}>
                <span className={classes.swatch} data-part={name} aria-hidden />
                {label}: <span className={classes.number}>{formatMoney(amount / 100)}</span>
              </li>
            ))}
          <li>
            <span className={classes.swatch} data-part="left" aria-hidden />
            zostało: <strong className={classes.number}>{formatMoney(figures.left)}</strong>
          </li>
        </ul>
      ) : (
        <Text size="sm" c="dimmed" fw={400}>
          zostało <span className={classes.number}>{formatMoney(figures.left)}</span> z{" "}
          <span className={classes.number}>{formatMoney(figures.planned)}</span>
        </Text>
      )}
    </div>
  );
}
