import { Text } from "@mantine/core";
import { formatNumber } from "@/ui/format";
import classes from "./Pictures.module.css";
import { type PicturePart, shareOf } from "./pictures";

/** A column a day, in order, and the table of them to unfold. */
export function DaysPicture({ label, parts }: { label: string; parts: readonly PicturePart[] }) {
  const tallest = Math.max(0, ...parts.map(({ value }) => value));
  return (
    <>
      <div className={classes.days} aria-hidden>
        {parts.map((day) => (
          <span
            key={day.label}
            className={`${classes.day} ${classes[day.tone]}`}
            style={{ height: shareOf(day.value, tallest) }}
            title={`${day.label}: ${formatNumber(day.value)}`}
          />
        ))}
      </div>
      <div className={classes.span} aria-hidden>
        <span>{parts.at(0)?.label}</span>
        <span>{parts.at(-1)?.label}</span>
      </div>
      <Text size="sm" mb="xs">
        Najwięcej jednego dnia: {formatNumber(tallest)}
      </Text>
      <details className={classes.folded}>
        <summary>Tabela: {label}</summary>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Dzień</th>
              <th scope="col">Liczba</th>
            </tr>
          </thead>
          <tbody>
            {parts.map((day) => (
              <tr key={day.label}>
                <th scope="row">{day.label}</th>
                <td>{formatNumber(day.value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
