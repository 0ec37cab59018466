import { Button, Group, Modal, SimpleGrid, Switch, TextInput } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { api, type Seen } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { type Column, DataTable } from "@/ui/DataTable";
import { EditForm } from "@/ui/EditForm";
import { EmptyState } from "@/ui/EmptyState";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { SearchField } from "@/ui/SearchField";
import { StatusBadge } from "@/ui/StatusBadge";
import { newestOf, useTableView } from "@/ui/tableView";
import { useEdit } from "@/ui/useEdit";
import type { CaseClass } from "./nouns";

const LABELS = {
  unit_symbol: "Symbol komórki",
  symbol: "Symbol klasyfikacyjny",
  name: "Hasło klasyfikacyjne",
  archive_category: "Kategoria archiwalna",
};

type Fields = Record<keyof typeof LABELS, string> & { is_active: boolean };

const EMPTY: Fields = { unit_symbol: "", symbol: "", name: "", archive_category: "", is_active: true };

/** The classes of the city's file plan, from which case signs are made. */
export function ClassList() {
  const view = useTableView({ ordering: "symbol" });
  const [editing, setEditing] = useState<CaseClass | "new" | null>(null);
  const [removed, setRemoved] = useState<CaseClass | null>(null);
  const classes = api.useQuery(
    "get",
    "/api/v1/procedures/classes/",
    { params: { query: view.query } },
    { placeholderData: keepPreviousData },
  );
  const edited = newestOf(editing, classes.data?.results);
  const remove = api.useMutation("delete", "/api/v1/procedures/classes/{id}/", {
    onSuccess: () => {
      setRemoved(null);
      notifyDone("Usunięto klasę.");
    },
  });
  const create = <Button onClick={() => setEditing("new")}>Nowa klasa</Button>;

  return (
    <>
      <PageHeader
        title="Wykaz akt"
        description="Z klasy powstaje znak sprawy: symbol komórki, symbol klasyfikacyjny, numer i rok, na przykład WES.4424.17.2026."
        actions={create}
      />
      <DataTable
        list="procedures.classes"
        label="Klasy wykazu akt"
        columns={columnsOf(setEditing, setRemoved)}
        query={classes}
        view={view}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="Nie ma jeszcze klas" action={create}>
            Przepisz z wykazu akt urzędu te klasy, w których prowadzone są sprawy oświaty.
          </EmptyState>
        }
        tools={<SearchField label="Szukaj klasy" value={view.search} onChange={view.setSearch} />}
      />
      <Modal
        opened={edited !== null}
        onClose={() => setEditing(null)}
        title={edited === "new" ? "Nowa klasa" : `Klasa ${edited?.code ?? ""}`}
      >
        {edited && <ClassForm edited={edited} onClose={() => setEditing(null)} />}
      </Modal>
      <ConfirmDialog
        isOpen={removed !== null}
        title={`Usunąć klasę ${removed?.code ?? ""}?`}
        confirmLabel="Usuń"
        isDangerous
        isWorking={remove.isPending}
        error={remove.error}
        onConfirm={() => removed && remove.mutate({ params: { path: { id: removed.id } } })}
        onClose={() => {
          remove.reset();
          setRemoved(null);
        }}
      >
        Klasę, w której nadano już znak, można tylko wyłączyć.
      </ConfirmDialog>
    </>
  );
}

const columnsOf = (
  edit: (one: CaseClass) => void,
  remove: (one: CaseClass) => void,
): readonly [Column<CaseClass>, ...Column<CaseClass>[]] => [
  { id: "class", header: "Klasa", ordering: "symbol", render: ({ code }) => code },
  {
    id: "class_name",
    header: "Hasło",
    ordering: "name",
    render: ({ name, is_active }) => (
      <>
        {name} {!is_active && <StatusBadge tone="neutral">wyłączona</StatusBadge>}
      </>
    ),
  },
  { id: "category", header: "Kategoria", render: ({ archive_category }) => archive_category },
  { id: "signs", header: "Nadane znaki", isNumeric: true, render: ({ drawn }) => drawn },
  {
    id: "actions",
    header: "Czynności",
    render: (one) => (
      <Group gap="xs">
        <Button size="compact-sm" variant="default" aria-label={`Zmień klasę ${one.code}`} onClick={() => edit(one)}>
          Zmień
        </Button>
        {one.drawn === 0 && (
          <Button size="compact-sm" variant="default" aria-label={`Usuń klasę ${one.code}`} onClick={() => remove(one)}>
            Usuń
          </Button>
        )}
      </Group>
    ),
  },
];

const fieldsOf = ({ unit_symbol, symbol, name, archive_category, is_active }: CaseClass) => ({
  unit_symbol,
  symbol,
  name,
  archive_category: archive_category ?? "",
  is_active: is_active ?? true,
});

function ClassForm({ edited, onClose }: { edited: CaseClass | "new"; onClose: () => void }) {
  const onSuccess = () => {
    onClose();
    notifyDone("Zapisano klasę.");
  };
  const create = api.useMutation("post", "/api/v1/procedures/classes/", { onSuccess });
  const change = api.useMutation("patch", "/api/v1/procedures/classes/{id}/", { onSuccess });
  const begin: Fields = edited === "new" ? EMPTY : { ...EMPTY, ...fieldsOf(edited) };
  const version = edited === "new" ? undefined : edited.version;
  const form = useEdit({ begin, version, labels: LABELS, saving: [create, change] });

  const save = ({ unit_symbol, symbol, name, archive_category, is_active }: Fields, header: Seen) => {
    const body = { unit_symbol: unit_symbol.trim(), symbol: symbol.trim(), name: name.trim(), archive_category };
    if (edited === "new") {
      create.mutate({ body });
    } else {
      change.mutate({ params: { path: { id: edited.id }, header }, body: { ...body, is_active } });
    }
  };

  return (
    <EditForm form={form} refused="Nie zapisano klasy" save="Zapisz" cancel={onClose} onSave={save}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {(Object.keys(LABELS) as (keyof typeof LABELS)[]).map((name) => (
          <TextInput
            key={name}
            {...form.input(name)}
            placeholder={{ unit_symbol: "WES", symbol: "4424", name: "", archive_category: "B5" }[name]}
            required={name !== "archive_category"}
            data-autofocus={name === "unit_symbol" || undefined}
          />
        ))}
      </SimpleGrid>
      {edited !== "new" && <Switch label="W użyciu: można w niej nadawać nowe znaki" {...form.check("is_active")} />}
    </EditForm>
  );
}
