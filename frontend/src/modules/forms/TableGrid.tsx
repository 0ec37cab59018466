import { ActionIcon, Button, Group, NativeSelect, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type ClipboardEvent, type CSSProperties, useId } from "react";
import { api, type Schemas } from "@/api/client";
import { DayField } from "@/ui/DayField";
import { DownloadButton } from "@/ui/DownloadButton";
import { EditForm } from "@/ui/EditForm";
import { errorOf } from "@/ui/fieldErrors";
import { formatDateTime } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { useEdit } from "@/ui/useEdit";
import classes from "./TableGrid.module.css";

type Grid = Schemas["GridOut"];

interface Line {
  id: number;
  keys: string[];
  since: string | null;
  values: Record<string, string>;
}

const said = (value: unknown) =>
  value === true ? "tak" : value === false ? "nie" : value == null ? "" : String(value);

const linesOf = (grid: Grid): Line[] =>
  grid.rows.map(({ keys, since, values }, id) => ({
    id,
    keys,
    since: since ?? null,
    values: Object.fromEntries(grid.columns.map(({ key }) => [key, said((values as Record<string, unknown>)[key])])),
  }));

/** The rows of a table with keys as a sheet: typed in, or pasted from a spreadsheet. */
export function TableGrid({ table, mayChange }: { table: Schemas["UnitTableOut"]; mayChange: boolean }) {
  const params = { path: { id: table.id } };
  const { data: grid } = api.useSuspenseQuery("get", "/api/v1/forms/tables/{id}/grid/", { params });
  const change = api.useMutation("put", "/api/v1/forms/tables/{id}/grid/", {
    onSuccess: ({ edition }) => notifyDone(`Zapisano wydanie ${edition}.`),
  });
  const form = useEdit({
    begin: { rows: linesOf(grid) },
    version: grid.version,
    labels: { rows: "Wiersze" },
    saving: [change],
  });
  const { rows } = form.fields;
  const set = (next: Line[]) => form.set({ rows: next });
  const blank = (id: number): Line => ({ id, keys: table.keys.map(() => ""), since: null, values: {} });
  const next = () => rows.reduce((most, { id }) => Math.max(most, id), -1) + 1;

  const cells = [
    ...table.keys.map((key, at) => ({ kind: "key" as const, at, label: key.label, type: key.type, name: key.key })),
    { kind: "since" as const, at: 0, label: "Obowiązuje od", type: "date" as const, name: "since" },
    ...table.columns.map(({ key, label, type }) => ({ kind: "value" as const, at: 0, label, type, name: key })),
  ];

  const paste = (event: ClipboardEvent, line: number, cell: number) => {
    const text = event.clipboardData.getData("text").replace(/\r/g, "").replace(/\n$/, "");
    if (!/[\t\n]/.test(text)) {
      return;
    }
    event.preventDefault();
    const written = rows.slice();
    text.split("\n").forEach((read, down) => {
      const at = line + down;
      let row = written[at] ?? blank(next() + down);
      read.split("\t").forEach((value, right) => {
        const to = cells[cell + right];
        if (to) {
          row = filled(row, to, value.trim());
        }
      });
      written[at] = row;
    });
    set(written);
  };

  return (
    <EditForm
      form={form}
      refused="Nie zapisano tabeli"
      save={mayChange ? "Zapisz nowe wydanie" : null}
      onSave={(fields, header) =>
        change.mutate({
          params: { ...params, header },
          body: { rows: fields.rows.map(({ keys, since, values }) => ({ keys, since, values })) },
        })
      }
    >
      <Panel
        title="Wiersze"
        actions={<DownloadButton href={`/api/v1/forms/tables/${table.id}/export/`}>Pobierz xlsx</DownloadButton>}
      >
        <Text size="sm" c="dimmed" mb="sm">
          {grid.edition > 0 && grid.made_at
            ? `Wydanie ${grid.edition}, ${formatDateTime(grid.made_at)}, ${grid.made_by}. `
            : "Nikt jeszcze nie wypełnił tej tabeli. "}
          Kilka komórek naraz można wkleić z arkusza. Wnioski już złożone liczą się z wydania, z którego policzono je
          przy złożeniu.
        </Text>
        <div className={classes.scroll} id="rows" tabIndex={-1}>
          <div style={{ "--columns": cells.length } as CSSProperties}>
            <div className={classes.head} aria-hidden>
              {cells.map(({ label, name }) => (
                <span key={name}>{label}</span>
              ))}
            </div>
            <ul className={classes.grid} aria-label="Wiersze tabeli">
              {rows.map((row, line) => (
                <li key={row.id} className={classes.row}>
                  {cells.map((cell, at) => (
                    <Cell
                      key={cell.name}
                      cell={cell}
                      row={row}
                      number={line + 1}
                      isReadOnly={!mayChange}
                      error={errorOf(form.error, placeOf(cell, line))}
                      onChange={(value) => set(rows.with(line, filled(row, cell, value)))}
                      onPaste={(event) => paste(event, line, at)}
                    />
                  ))}
                  {mayChange && (
                    <ActionIcon
                      variant="subtle"
                      size="lg"
                      aria-label={`Usuń wiersz ${line + 1}`}
                      onClick={() => set(rows.toSpliced(line, 1))}
                    >
                      <IconTrash size={18} aria-hidden />
                    </ActionIcon>
                  )}
                </li>
              ))}
            </ul>
          </div>
        </div>
        {mayChange && (
          <Group mt="sm">
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => set([...rows, blank(next())])}
            >
              Dodaj wiersz
            </Button>
          </Group>
        )}
      </Panel>
    </EditForm>
  );
}

interface CellOf {
  kind: "key" | "since" | "value";
  at: number;
  label: string;
  type: string;
  name: string;
}

const DAY = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

function filled(row: Line, cell: CellOf, value: string): Line {
  switch (cell.kind) {
    case "key":
      return { ...row, keys: row.keys.with(cell.at, value) };
    case "value":
      return { ...row, values: { ...row.values, [cell.name]: value } };
    case "since": {
      const day = DAY.exec(value);
      const written = day ? `${day[3]}-${day[2]?.padStart(2, "0")}-${day[1]?.padStart(2, "0")}` : value;
      return { ...row, since: /^\d{4}-\d{2}-\d{2}$/.test(written) ? written : null };
    }
  }
}

const placeOf = ({ kind, at, name }: CellOf, line: number) =>
  kind === "key" ? `rows.${line}.keys.${at}` : kind === "value" ? `rows.${line}.values.${name}` : `rows.${line}.since`;

interface CellProps {
  cell: CellOf;
  row: Line;
  number: number;
  isReadOnly: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
  onPaste: (event: ClipboardEvent) => void;
}

function Cell({ cell, row, number, isReadOnly, error, onChange, onPaste }: CellProps) {
  const id = useId();
  const label = `${cell.label} (wiersz ${number})`;
  if (cell.kind === "since") {
    return (
      <div onPaste={onPaste}>
        <DayField id={id} label={label} value={row.since} onChange={(day) => onChange(day ?? "")} error={error} />
      </div>
    );
  }
  const value = cell.kind === "key" ? (row.keys[cell.at] ?? "") : (row.values[cell.name] ?? "");
  if (cell.type === "yes_no") {
    return (
      <NativeSelect
        label={label}
        value={value}
        disabled={isReadOnly}
        data={["", "tak", "nie"]}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
      />
    );
  }
  return (
    <TextInput
      label={label}
      value={value}
      readOnly={isReadOnly}
      inputMode={cell.type === "text" || cell.type === "date" ? "text" : "decimal"}
      onChange={(event) => onChange(event.currentTarget.value)}
      onPaste={onPaste}
      error={error}
    />
  );
}
