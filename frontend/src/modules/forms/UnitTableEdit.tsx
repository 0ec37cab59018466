import { ActionIcon, Button, NativeSelect, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useNavigate, useParams } from "react-router";
import { api, type Schemas, type Seen } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { errorOf } from "@/ui/fieldErrors";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";
import { keyed, keyFrom } from "./draft";
import classes from "./Rows.module.css";

type TableColumn = Schemas["TableColumnOut"];

const LABELS = { name: "Nazwa", key: "Klucz", columns: "Kolumny" };

export const COLUMN_TYPES = [
  { value: "number", label: "liczba" },
  { value: "money", label: "kwota" },
  { value: "text", label: "tekst" },
  { value: "date", label: "data" },
  { value: "yes_no", label: "tak lub nie" },
] as const satisfies readonly { value: TableColumn["type"]; label: string }[];

const FIRST: TableColumn = { key: "kolumna_1", label: "", type: "number" };

export function UnitTableNew() {
  return <Editor table={null} />;
}

export function UnitTableEdit() {
  const { id = "" } = useParams();
  const { data } = api.useSuspenseQuery("get", "/api/v1/forms/tables/{id}/", { params: { path: { id } } });
  return <Editor key={id} table={data} />;
}

function Editor({ table }: { table: Schemas["UnitTableOut"] | null }) {
  const navigate = useNavigate();
  const isKnown = (column: string) => table?.columns.some((one) => one.key === column) ?? false;
  const back = table
    ? { to: `/forms/tables/${table.id}`, label: table.name }
    : { to: "/forms/tables", label: "Tabele" };

  const after = {
    onSuccess: async ({ id }: Schemas["UnitTableOut"]) => {
      await navigate(`/forms/tables/${id}`);
      notifyDone("Zapisano tabelę.");
    },
  };
  const create = api.useMutation("post", "/api/v1/forms/tables/", after);
  const change = api.useMutation("patch", "/api/v1/forms/tables/{id}/", after);
  const form = useEdit({
    begin: { name: table?.name ?? "", key: "", columns: table?.columns ?? [FIRST] },
    version: table?.version,
    labels: LABELS,
    saving: [create, change],
  });
  const { name, key, columns } = form.fields;
  const setColumns = (changed: TableColumn[]) => form.set({ columns: changed });

  const save = (_: typeof form.fields, header: Seen) => {
    const settled: TableColumn[] = [];
    for (const column of columns) {
      settled.push(keyed(column, settled.concat(columns), isKnown(column.key)));
    }
    const body = { name: name.trim(), columns: settled };
    if (table) {
      change.mutate({ params: { path: { id: table.id }, header }, body });
    } else {
      create.mutate({ body: { ...body, key: key || keyFrom(name, new Set(), "tabela") } });
    }
  };
  const add = () => {
    let number = columns.length + 1;
    while (columns.some((column) => column.key === `kolumna_${number}`)) {
      number += 1;
    }
    setColumns([...columns, { key: `kolumna_${number}`, label: "", type: "number" }]);
  };

  return (
    <>
      <PageHeader title={table ? `Kolumny: ${table.name}` : "Nowa tabela jednostek"} back={back} />
      <EditForm form={form} refused="Nie zapisano tabeli" maw={READING} save="Zapisz" cancel={back.to} onSave={save}>
        <Panel title="Tabela">
          <Stack>
            <TextInput {...form.input("name")} required />
            {!table && (
              <TextInput
                {...form.input("key")}
                description={`W wyrażeniach: z_tabeli("${key || keyFrom(name, new Set(), "tabela")}", "kolumna"). Później się nie zmienia.`}
                placeholder={keyFrom(name, new Set(), "tabela")}
              />
            )}
          </Stack>
        </Panel>
        <Panel title="Kolumny">
          <ul id="columns" tabIndex={-1} className={classes.list} aria-label="Kolumny">
            {columns.map((column, at) => (
              <li key={column.key} className={classes.row} style={{ alignItems: "flex-end" }}>
                <TextInput
                  label="Nagłówek"
                  className={classes.wide}
                  value={column.label}
                  onChange={(event) => setColumns(columns.with(at, { ...column, label: event.currentTarget.value }))}
                  error={errorOf(form.error, `columns.${at}`)}
                />
                <NativeSelect
                  label="Rodzaj"
                  className={classes.wide}
                  value={column.type}
                  data={[...COLUMN_TYPES]}
                  onChange={(event) => {
                    const type = COLUMN_TYPES.find(({ value }) => value === event.currentTarget.value)?.value;
                    setColumns(columns.with(at, { ...column, type: type ?? column.type }));
                  }}
                />
                <ActionIcon
                  variant="subtle"
                  size="lg"
                  aria-label={`Usuń kolumnę: ${column.label || at + 1}`}
                  disabled={columns.length === 1}
                  onClick={() => setColumns(columns.toSpliced(at, 1))}
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
            onClick={add}
          >
            Dodaj kolumnę
          </Button>
        </Panel>
      </EditForm>
    </>
  );
}
