import { VisuallyHidden } from "@mantine/core";
import { formatNumber } from "@/ui/format";
import { PartLabel } from "./PartLabel";
import classes from "./Pictures.module.css";
import { type PicturePart, shareOf } from "./pictures";

/** A bar for each number, drawn into the table of the numbers. */
export function BarsPicture({ label, parts }: { label: string; parts: readonly PicturePart[] }) {
  const longest = Math.max(0, ...parts.map(({ value }) => value));
  return (
    <table className={classes.table}>
      <caption>
        <VisuallyHidden>{label}</VisuallyHidden>
      </caption>
      <tbody>
        {parts.map((part) => (
          <tr key={part.label}>
            <th scope="row">
              <PartLabel part={part} />
            </th>
            <td className={classes.lane} aria-hidden>
              <span
                className={`${classes.bar} ${classes[part.tone]}`}
                style={{ width: shareOf(part.value, longest) }}
              />
            </td>
            <td>{formatNumber(part.value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
