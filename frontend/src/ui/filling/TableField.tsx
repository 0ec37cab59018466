import { Button, Input, Text } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type CSSProperties, useContext, useRef, useState } from "react";
import { AnswerText } from "@/ui/filling/AnswerText";
import {
  type Answer,
  type ColumnDocument,
  type SimpleType,
  shownColumns,
  type TableRow,
} from "@/ui/filling/definition";
import { asList, asParts, asText, type FieldProps } from "@/ui/filling/fieldParts";
import { choicesOf, FillingLists } from "@/ui/filling/lists";
import { type Drawn, type DrawnCell, fieldId, focusField, type Mistake, sentences } from "@/ui/filling/projection";
import { SimpleField } from "@/ui/filling/SimpleField";
import classes from "@/ui/filling/TableField.module.css";

const MOST_SIDE_BY_SIDE = 5;

interface TableFieldProps extends Omit<FieldProps<"table">, "id"> {
  path: string;
  drawn: Drawn;
  refusals: readonly Mistake[];
}

const NUMERIC = new Set<SimpleType>(["number", "money", "percent"]);
const LONG = new Set<SimpleType>(["short_text", "long_text", "single_choice", "unit", "email", "iban"]);

/** Room for what is written into each column, and for the button that removes the row. */
function laidOut(columns: readonly ColumnDocument[]): CSSProperties {
  const tracks = columns.map(({ type }) => (LONG.has(type) ? "minmax(9rem, 2fr)" : "minmax(7.5rem, 1fr)"));
  const least = columns.reduce((sum, { type }) => sum + (LONG.has(type) ? 9.5 : 8), 0);
  return { "--tracks": `${tracks.join(" ")} 5rem`, "--least": `${least + 6.5}rem` } as CSSProperties;
}

const UNSEEN: DrawnCell = { is_visible: true, value: null, errors: [] };

/** The rows of a table's answer; each keeps its id for ever. */
export const rowsOf = (value: Answer | undefined): readonly TableRow[] =>
  asList(value).map((row) => ({ ...asParts(row), id: asText(asParts(row).id) }));

/** Rows of small answers, added and taken away one by one, the first of a required table there at once; a sum under each column that has one. */
export function TableField(props: TableFieldProps) {
  const { path, label, help, options, value, onChange, error, isRequired, drawn, refusals } = props;
  const columns = shownColumns(options);
  const [first] = useState(() => crypto.randomUUID());
  const given = rowsOf(value);
  const rows = given.length > 0 || !isRequired ? given : [{ id: first }];
  const adding = useRef<HTMLButtonElement>(null);
  const isWide = columns.length > MOST_SIDE_BY_SIDE;
  const most = options.max_rows ?? Number.POSITIVE_INFINITY;

  const add = () => {
    const id = crypto.randomUUID();
    onChange([...rows, { id }]);
    requestAnimationFrame(() => focusField(`${path}/${id}`));
  };
  const remove = (id: string) => {
    const left = rows.filter((row) => row.id !== id);
    onChange(left.length > 0 ? left : null);
    adding.current?.focus();
  };
  const change = (id: string, column: string, answer: Answer) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, [column]: answer } : row)));

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset keeps a minimum width of its own and breaks on a phone
    <div role="group" aria-labelledby={`${fieldId(path)}-label`} id={fieldId(path)}>
      <Input.Label id={`${fieldId(path)}-label`} labelElement="div" required={isRequired}>
        {label}
      </Input.Label>
      {help && <Input.Description mb={4}>{help}</Input.Description>}
      <div className={classes.frame}>
        <div className={`${classes.rows} ${isWide ? classes.cards : ""}`} style={laidOut(columns)}>
          {rows.length > 0 && !isWide && (
            <div className={classes.head} aria-hidden>
              {columns.map((column) => (
                <span key={column.key} className={NUMERIC.has(column.type) ? classes.numeric : undefined}>
                  {column.label}
                </span>
              ))}
              <span />
            </div>
          )}
          {rows.map((row, index) => (
            // biome-ignore lint/a11y/useSemanticElements: as above
            <div key={row.id} className={classes.row} role="group" aria-label={`${label}, wiersz ${index + 1}`}>
              <div className={classes.number} aria-hidden>
                Wiersz {index + 1}
              </div>
              <div className={classes.cells} id={fieldId(`${path}/${row.id}`)}>
                {columns.map((column) => (
                  <Cell
                    key={column.key}
                    path={`${path}/${row.id}/${column.key}`}
                    column={column}
                    cell={drawn.rows?.find(({ id }) => id === row.id)?.cells[column.key] ?? UNSEEN}
                    answer={row[column.key] ?? null}
                    refusals={refusals}
                    onChange={(answer) => change(row.id, column.key, answer)}
                  />
                ))}
              </div>
              <Button
                className={classes.remove}
                variant="subtle"
                size="compact-sm"
                leftSection={<IconTrash size={16} aria-hidden />}
                aria-label={`Usuń wiersz ${index + 1}: ${label}`}
                onClick={() => remove(row.id)}
              >
                Usuń
              </Button>
            </div>
          ))}
          {rows.length === 0 && (
            <Text c="dimmed" size="sm" p="sm">
              Nie ma jeszcze żadnego wiersza.
            </Text>
          )}
          {rows.length > 0 && <Sums columns={columns} sums={drawn.sums} isWide={isWide} />}
        </div>
      </div>
      <Button
        ref={adding}
        variant="default"
        size="sm"
        mt="xs"
        leftSection={<IconPlus size={16} aria-hidden />}
        aria-label={`Dodaj wiersz: ${label}`}
        disabled={rows.length >= most}
        onClick={add}
      >
        Dodaj wiersz
      </Button>
      {rows.length >= most && (
        <Text size="sm" c="dimmed" mt={4}>
          To już największa liczba wierszy ({most}).
        </Text>
      )}
      {error && <Input.Error mt={4}>{error}</Input.Error>}
    </div>
  );
}

interface CellProps {
  path: string;
  column: ColumnDocument;
  cell: DrawnCell;
  answer: Answer;
  refusals: readonly Mistake[];
  onChange: (answer: Answer) => void;
}

function Cell({ path, column, cell, answer, refusals, onChange }: CellProps) {
  const { label } = column;
  const lists = useContext(FillingLists);
  if (!cell.is_visible) {
    return <div className={classes.hidden} />;
  }
  if (column.compute) {
    return (
      <div className={classes.cell}>
        <Input.Label labelElement="div">{label}</Input.Label>
        <output id={fieldId(path)} className={classes.computed}>
          <AnswerText question={column} answer={cell.value} />
        </output>
      </div>
    );
  }
  return (
    <div className={classes.cell}>
      <SimpleField
        id={fieldId(path)}
        type={column.type}
        label={label}
        help={column.help}
        options={column.options ?? {}}
        choices={choicesOf(column.options ?? {}, lists)}
        value={answer}
        onChange={onChange}
        error={sentences(cell.errors, refusals, path)}
        isRequired={column.required ?? false}
        isCompact
      />
    </div>
  );
}

interface SumsProps {
  columns: readonly ColumnDocument[];
  sums: Drawn["sums"];
  isWide: boolean;
}

function Sums({ columns, sums, isWide }: SumsProps) {
  const summed = columns.filter(({ key }) => sums && key in sums);
  if (!sums || summed.length === 0) {
    return null;
  }
  return (
    <div className={classes.sums} role="status" aria-label="Razem">
      {(isWide ? summed : columns).map((column, index) => (
        <div key={column.key} className={summed.includes(column) ? classes.sum : classes.none}>
          {summed.includes(column) ? (
            <>
              <span className={classes.sumLabel}>Razem, {column.label}: </span>
              <strong>
                <AnswerText question={column} answer={sums[column.key] ?? null} />
              </strong>
            </>
          ) : (
            index === 0 && <strong aria-hidden>Razem</strong>
          )}
        </div>
      ))}
      {!isWide && <span />}
    </div>
  );
}
