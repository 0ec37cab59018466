import { formatNumber } from "@/ui/format";
import classes from "./Pictures.module.css";

export interface Dot {
  id: string;
  /** Whose it is: "Jolanta Łuczak". */
  name: string;
  value: number;
}

interface DotsPictureProps {
  label: string;
  /** What the values are, in the genitive plural: "punktów". */
  unit: string;
  dots: readonly Dot[];
  /** From which value on it is enough; a line across the dots. */
  threshold?: number;
  /** What has to reach the threshold, where that is not each value, in the genitive: "średniej". */
  thresholdOf?: string;
  /** The end of the scale; without it the highest value. */
  most?: number;
}

/** Each value as a dot on one line, with the threshold where there is one; the table of them stands beneath. */
export function DotsPicture({ label, unit, dots, threshold, thresholdOf, most }: DotsPictureProps) {
  const end = Math.max(most ?? 0, threshold ?? 0, ...dots.map(({ value }) => value), 1);
  const at = (value: number) => `${(100 * Math.max(0, value)) / end}%`;
  const enough = threshold === undefined ? undefined : dots.filter(({ value }) => value >= threshold).length;
  return (
    <figure className={classes.figure} aria-label={label}>
      <div className={classes.scale} aria-hidden>
        {threshold !== undefined && <span className={classes.threshold} style={{ left: at(threshold) }} />}
        {dots.map(({ id, name, value }) => (
          <span
            key={id}
            className={classes.dot}
            data-below={(threshold !== undefined && value < threshold) || undefined}
            style={{ left: at(value) }}
            title={`${name}: ${formatNumber(value)}`}
          />
        ))}
      </div>
      <div className={classes.span} aria-hidden>
        <span>0</span>
        <span>{formatNumber(end)}</span>
      </div>
      {threshold !== undefined && (
        <figcaption className={classes.legend}>
          Próg{thresholdOf && ` dla ${thresholdOf}`}: {formatNumber(threshold)} {unit}. Osiąga go {enough} z{" "}
          {dots.length}.
        </figcaption>
      )}
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Kto</th>
            <td>{`${unit.charAt(0).toLocaleUpperCase("pl")}${unit.slice(1)}`}</td>
          </tr>
        </thead>
        <tbody>
          {dots.map(({ id, name, value }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td>
                {formatNumber(value)}
                {threshold !== undefined && (value < threshold ? " – poniżej progu" : " – wystarcza")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
