import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { errorOf } from "@/ui/fieldErrors";
import classes from "./Rows.module.css";

export interface ColumnOf<T extends string> {
  key: string;
  label: string;
  type: T;
}

interface TableColumnsProps<T extends string> {
  /** Under which the server names its faults: "columns", "keys". */
  name: string;
  label: string;
  add: string;
  remove: string;
  /** What the keys of new ones begin with. */
  prefix: string;
  types: readonly { value: T; label: string }[];
  first: T;
  least: number;
  most: number;
  columns: readonly ColumnOf<T>[];
  onChange: (columns: ColumnOf<T>[]) => void;
  error: unknown;
  /** Whether they may not be changed any more. */
  isFixed?: boolean;
}

/** The columns of a table, or the keys that its rows are found by: a header and a kind each. */
export function TableColumns<T extends string>(props: TableColumnsProps<T>) {
  const { name, label, add, remove, prefix, types, first, least, most, columns, onChange, error, isFixed } = props;
  const append = () => {
    let number = columns.length + 1;
    while (columns.some((column) => column.key === `${prefix}_${number}`)) {
      number += 1;
    }
    onChange([...columns, { key: `${prefix}_${number}`, label: "", type: first }]);
  };
  return (
    <>
      <ul id={name} tabIndex={-1} className={classes.list} aria-label={label}>
        {columns.map((column, at) => (
          <li key={column.key} className={classes.row} style={{ alignItems: "flex-end" }}>
            <TextInput
              label="Nagłówek"
              className={classes.wide}
              value={column.label}
              onChange={(event) => onChange(columns.with(at, { ...column, label: event.currentTarget.value }))}
              error={errorOf(error, `${name}.${at}`)}
            />
            <NativeSelect
              label="Rodzaj"
              className={classes.wide}
              value={column.type}
              data={[...types]}
              disabled={isFixed ?? false}
              onChange={(event) => {
                const type = types.find(({ value }) => value === event.currentTarget.value)?.value;
                onChange(columns.with(at, { ...column, type: type ?? column.type }));
              }}
            />
            <ActionIcon
              variant="subtle"
              size="lg"
              aria-label={`${remove}: ${column.label || at + 1}`}
              disabled={columns.length <= least || (isFixed ?? false)}
              onClick={() => onChange(columns.toSpliced(at, 1))}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Button
        mt="sm"
        variant="default"
        size="compact-sm"
        leftSection={<IconPlus size={16} aria-hidden />}
        disabled={columns.length >= most || (isFixed ?? false)}
        onClick={append}
      >
        {add}
      </Button>
    </>
  );
}
