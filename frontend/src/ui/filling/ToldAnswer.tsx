import { Text } from "@mantine/core";
import { AnswerText } from "@/ui/filling/AnswerText";
import { type Answer, type QuestionDocument, shownColumns } from "@/ui/filling/definition";
import classes from "@/ui/filling/Filler.module.css";
import { type Drawn, fieldId } from "@/ui/filling/projection";
import { SilentText } from "@/ui/filling/SilentText";
import { rowsOf } from "@/ui/filling/TableField";

interface ToldAnswerProps {
  question: QuestionDocument;
  drawn: Drawn;
  answer: Answer | undefined;
  isAside: boolean;
}

/** A question and what was answered, to be read. */
export function ToldAnswer({ question, drawn, answer, isAside }: ToldAnswerProps) {
  const { key, type } = question;
  const value = drawn.is_computed || answer === undefined ? drawn.value : answer;
  if (type === "heading" || type === "help_text") {
    return <SilentText type={type} drawn={drawn} />;
  }
  return (
    <div id={isAside ? undefined : fieldId(key)} tabIndex={-1} className={classes.told}>
      <Text size="sm" c="dimmed">
        {drawn.label}
      </Text>
      {type === "table" ? (
        <ToldTable question={question} drawn={drawn} value={value} />
      ) : (
        <div>
          <AnswerText question={question} facts={drawn.facts} wording={drawn.wording} answer={value} />
        </div>
      )}
      {drawn.errors.length > 0 && (
        <Text size="sm" c="var(--mantine-color-error)">
          {drawn.errors.join(" ")}
        </Text>
      )}
    </div>
  );
}

const NUMERIC = new Set(["number", "money", "percent"]);

function ToldTable({ question, drawn, value }: { question: QuestionDocument; drawn: Drawn; value: Answer }) {
  const columns = shownColumns(question.options);
  const rows = rowsOf(value);
  if (rows.length === 0) {
    return <Text c="dimmed">–</Text>;
  }
  const isSummed = drawn.sums && Object.keys(drawn.sums).length > 0;
  const cellsOf = (id: string) => drawn.rows?.find((row) => row.id === id)?.cells ?? {};
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls the table sideways from here
    <section className={classes.scroll} aria-label={`${drawn.label}, tabela`} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={NUMERIC.has(column.type) ? classes.numeric : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              {columns.map((column) => {
                const cell = cellsOf(row.id)[column.key];
                return (
                  <td key={column.key} className={NUMERIC.has(column.type) ? classes.numeric : undefined}>
                    {cell?.is_visible !== false && (
                      <AnswerText question={column} answer={cell?.value ?? row[column.key] ?? null} />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        {isSummed && (
          <tfoot>
            <tr>
              {columns.map((column, index) => {
                const sum = drawn.sums?.[column.key];
                return sum === undefined ? (
                  <td key={column.key}>{index === 0 && "Razem"}</td>
                ) : (
                  <td key={column.key} className={classes.numeric}>
                    <AnswerText question={column} answer={sum} />
                  </td>
                );
              })}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}
