import { ActionIcon, Button, Checkbox, Collapse, Group, Input, NativeSelect, Stack, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { ExpressionField } from "@/ui/ExpressionField";
import { type ColumnDocument, type Options, SIMPLE_TYPES, type SimpleType } from "@/ui/filling/definition";
import type { FaultsInside } from "./faults";
import { HiddenField } from "./HiddenField";
import { IdentifyingField } from "./IdentifyingField";
import { TYPE_LABELS } from "./nouns";
import classes from "./Rows.module.css";
import { SimpleOptions } from "./SimpleOptions";

const SUMMED = new Set<SimpleType>(["number", "money", "percent"]);

interface ColumnsEditorProps {
  options: Options;
  onChange: (options: Options) => void;
  withKey: (column: ColumnDocument, others: readonly ColumnDocument[]) => ColumnDocument;
  dictionaries: readonly { key: string; name: string }[];
  faults: FaultsInside;
}

/** The columns of a table: name, type, whether it must be filled, is computed, is summed. */
export function ColumnsEditor({ options, onChange, withKey, dictionaries, faults }: ColumnsEditorProps) {
  const columns = options.columns ?? [];
  const sums = options.sums ?? [];
  const [open, setOpen] = useState<string | null>(null);
  const set = (next: ColumnDocument[]) => onChange({ ...options, columns: next });

  const change = (at: number, changes: Partial<ColumnDocument>) => {
    const column = columns[at];
    if (column) {
      set(columns.with(at, { ...column, ...changes }));
    }
  };
  const settle = (at: number) => {
    const column = columns[at];
    const next = column && withKey(column, columns);
    if (column && next && next !== column) {
      onChange({
        ...options,
        columns: columns.with(at, next),
        sums: sums.map((key) => (key === column.key ? next.key : key)),
      });
      setOpen((before) => (before === column.key ? next.key : before));
    }
  };
  const add = () => {
    let number = columns.length + 1;
    while (columns.some(({ key }) => key === `kolumna_${number}`)) {
      number += 1;
    }
    set([...columns, { key: `kolumna_${number}`, type: "short_text", label: "" }]);
  };

  return (
    <div>
      <Input.Label labelElement="div">Kolumny tabeli</Input.Label>
      <ul className={classes.list} aria-label="Kolumny tabeli">
        {columns.map((column, at) => {
          const name = column.label || `kolumna ${at + 1}`;
          return (
            <li key={column.key} className={classes.card}>
              <div className={classes.row}>
                <TextInput
                  label="Nazwa kolumny"
                  value={column.label}
                  className={classes.wide}
                  error={faults.get(`options/columns/${at}/label`) ?? faults.get(`options/columns/${at}`)}
                  onChange={(event) => change(at, { label: event.currentTarget.value })}
                  onBlur={() => settle(at)}
                />
                <NativeSelect
                  label="Rodzaj"
                  value={column.type}
                  className={classes.wide}
                  onChange={(event) => change(at, { type: event.currentTarget.value as SimpleType, options: {} })}
                  data={SIMPLE_TYPES.map((type) => ({ value: type, label: TYPE_LABELS[type] }))}
                />
              </div>
              <Group justify="space-between" mt="xs" gap="xs">
                <Group gap="md">
                  <Checkbox
                    label="Wymagana"
                    checked={column.required ?? false}
                    onChange={(event) => change(at, { required: event.currentTarget.checked })}
                  />
                  {SUMMED.has(column.type) && (
                    <Checkbox
                      label="Suma pod kolumną"
                      checked={sums.includes(column.key)}
                      onChange={(event) =>
                        onChange({
                          ...options,
                          sums: event.currentTarget.checked
                            ? [...sums, column.key]
                            : sums.filter((key) => key !== column.key),
                        })
                      }
                    />
                  )}
                </Group>
                <Group gap={0} wrap="nowrap">
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    aria-expanded={open === column.key}
                    aria-label={`${open === column.key ? "Mniej" : "Więcej"} ustawień: ${name}`}
                    onClick={() => setOpen(open === column.key ? null : column.key)}
                  >
                    {open === column.key ? "Mniej" : "Więcej"}
                  </Button>
                  <ActionIcon
                    variant="subtle"
                    size="lg"
                    aria-label={`Wcześniej: ${name}`}
                    disabled={at === 0}
                    onClick={() => set(columns.toSpliced(at, 1).toSpliced(at - 1, 0, column))}
                  >
                    <IconArrowUp size={16} aria-hidden />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    size="lg"
                    aria-label={`Później: ${name}`}
                    disabled={at === columns.length - 1}
                    onClick={() => set(columns.toSpliced(at, 1).toSpliced(at + 1, 0, column))}
                  >
                    <IconArrowDown size={16} aria-hidden />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    size="lg"
                    aria-label={`Usuń kolumnę: ${name}`}
                    disabled={columns.length === 1}
                    onClick={() =>
                      onChange({
                        ...options,
                        columns: columns.toSpliced(at, 1),
                        sums: sums.filter((key) => key !== column.key),
                      })
                    }
                  >
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                </Group>
              </Group>
              <Collapse expanded={open === column.key}>
                <Stack gap="sm" mt="xs">
                  <SimpleOptions
                    type={column.type}
                    options={column.options ?? {}}
                    onChange={(next) => change(at, { options: next })}
                    dictionaries={dictionaries}
                    faults={faults}
                    faultsAt={`options/columns/${at}/options`}
                  />
                  <ExpressionField
                    id={`column-${column.key}-compute`}
                    label="Obliczana z wyrażenia"
                    description="W wyrażeniu nazwa innej kolumny to wartość z tego samego wiersza."
                    value={column.compute ?? ""}
                    onChange={(compute) => change(at, { compute })}
                    error={faults.get(`options/columns/${at}/compute`)}
                  />
                  {(column.compute || column.options?.hidden) && (
                    <HiddenField
                      options={column.options ?? {}}
                      onChange={(next) => change(at, { options: next })}
                      error={faults.get(`options/columns/${at}/options/hidden`)}
                    />
                  )}
                  <IdentifyingField
                    type={column.type}
                    options={column.options ?? {}}
                    onChange={(next) => change(at, { options: next })}
                    error={faults.get(`options/columns/${at}/options/identifying`)}
                  />
                  <ExpressionField
                    id={`column-${column.key}-show`}
                    label="Pokazywana, gdy"
                    value={column.show ?? ""}
                    onChange={(show) => change(at, { show })}
                    error={faults.get(`options/columns/${at}/show`)}
                  />
                  <TextInput label="Klucz" value={column.key} readOnly description="Tak nazywa się w wyrażeniach." />
                </Stack>
              </Collapse>
            </li>
          );
        })}
      </ul>
      <Button
        mt="xs"
        variant="default"
        size="compact-sm"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={add}
      >
        Dodaj kolumnę
      </Button>
      {faults.get("options/columns") && <Input.Error mt={4}>{faults.get("options/columns")}</Input.Error>}
    </div>
  );
}
