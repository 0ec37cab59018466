import { VisuallyHidden } from "@mantine/core";
import { formatNumber } from "@/ui/format";
import { PartLabel } from "./PartLabel";
import classes from "./Pictures.module.css";
import { type PicturePart, sumOf } from "./pictures";
import { StackedBar } from "./StackedBar";

/** The parts of a whole: a bar, and its legend that is a table of the same numbers. */
export function WholePicture({ label, parts }: { label: string; parts: readonly PicturePart[] }) {
  const total = sumOf(parts);
  return (
    <>
      <StackedBar pieces={parts} total={total} />
      <table className={classes.table}>
        <caption>
          <VisuallyHidden>{label}</VisuallyHidden>
        </caption>
        <tbody>
          {parts.map((part) => (
            <tr key={part.label}>
              <th scope="row">
                <span className={`${classes.swatch} ${classes[part.tone]}`} aria-hidden />
                <PartLabel part={part} />
              </th>
              <td>{formatNumber(part.value)}</td>
              <td>{total > 0 ? `${Math.round((100 * part.value) / total)}%` : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
