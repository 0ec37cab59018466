import { Radio, Stack, Text, TextInput } from "@mantine/core";
import { useNavigate, useParams } from "react-router";
import { api, type Schemas, type Seen } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";
import { keyed, keyFrom } from "./draft";
import { TableColumns } from "./TableColumns";

type TableColumn = Schemas["TableColumnOut"];

type TableKey = Schemas["TableKeyOut"];

const LABELS = { name: "Nazwa", key: "Klucz", columns: "Kolumny", keys: "Klucze" };
const MOST_KEYS = 5;
const KEY_TYPES = [
  { value: "text", label: "tekst" },
  { value: "number", label: "liczba" },
  { value: "from", label: "próg „od” (ostatni)" },
  { value: "date", label: "data" },
  { value: "yes_no", label: "tak lub nie" },
] as const satisfies readonly { value: TableKey["type"]; label: string }[];
const FIRST_KEY: TableKey = { key: "klucz_1", label: "", type: "text" };

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
    begin: { name: table?.name ?? "", key: "", columns: table?.columns ?? [FIRST], keys: table?.keys ?? [] },
    version: table?.version,
    labels: LABELS,
    saving: [create, change],
  });
  const { name, key, columns, keys } = form.fields;
  const isFixed = (table?.edition ?? 0) > 0 || (table?.rows ?? 0) > 0;
  const setColumns = (changed: TableColumn[]) => form.set({ columns: changed });

  const save = (_: typeof form.fields, header: Seen) => {
    const settled: TableColumn[] = [];
    for (const column of columns) {
      settled.push(keyed(column, settled.concat(columns), isKnown(column.key)));
    }
    const named: TableKey[] = [];
    for (const one of keys) {
      named.push(keyed(one, named.concat(keys), isFixed));
    }
    const body = { name: name.trim(), columns: settled, keys: named };
    if (table) {
      change.mutate({ params: { path: { id: table.id }, header }, body });
    } else {
      create.mutate({ body: { ...body, key: key || keyFrom(name, new Set(), "tabela") } });
    }
  };

  return (
    <>
      <PageHeader title={table ? `Kolumny: ${table.name}` : "Nowa tabela"} back={back} />
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
        <Panel title="Czego dotyczy wiersz">
          <Stack>
            <Radio.Group
              aria-label="Czego dotyczy wiersz"
              value={keys.length > 0 ? "keys" : "unit"}
              onChange={(chosen) => form.set({ keys: chosen === "keys" ? [FIRST_KEY] : [] })}
            >
              <Stack gap="xs">
                <Radio value="unit" label="Jednostki: formularz bierze wiersz tej, która wypełnia" disabled={isFixed} />
                <Radio
                  value="keys"
                  label="Kluczy, np. ranga i miejsce albo forma studiów i stopień"
                  disabled={isFixed}
                />
              </Stack>
            </Radio.Group>
            {keys.length > 0 && (
              <div>
                <TableColumns
                  name="keys"
                  label="Klucze"
                  add="Dodaj klucz"
                  remove="Usuń klucz"
                  prefix="klucz"
                  types={KEY_TYPES}
                  first="text"
                  least={1}
                  most={MOST_KEYS}
                  columns={keys}
                  onChange={(changed) => form.set({ keys: changed })}
                  error={form.error}
                  isFixed={isFixed}
                />
                {isFixed && (
                  <Text size="sm" c="dimmed" mt="xs">
                    Tabela ma już wiersze, więc rodzaju kluczy nie można zmienić.
                  </Text>
                )}
              </div>
            )}
          </Stack>
        </Panel>
        <Panel title="Kolumny">
          <TableColumns
            name="columns"
            label="Kolumny"
            add="Dodaj kolumnę"
            remove="Usuń kolumnę"
            prefix="kolumna"
            types={COLUMN_TYPES}
            first="number"
            least={1}
            most={40}
            columns={columns}
            onChange={setColumns}
            error={form.error}
          />
        </Panel>
      </EditForm>
    </>
  );
}
