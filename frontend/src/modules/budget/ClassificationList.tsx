import { Button, Modal, SimpleGrid, Switch, TextInput } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { api, type Seen } from "@/api/client";
import { type Column, DataTable } from "@/ui/DataTable";
import { EditForm } from "@/ui/EditForm";
import { EmptyState } from "@/ui/EmptyState";
import { MoreFilters } from "@/ui/MoreFilters";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { SearchField } from "@/ui/SearchField";
import { StatusBadge } from "@/ui/StatusBadge";
import { newestOf, useTableView } from "@/ui/tableView";
import { useEdit } from "@/ui/useEdit";
import { WHOLE_SELECTED } from "@/ui/wholeSelected";
import type { Classification } from "./nouns";

const LABELS = { year: "Rok", chapter: "Rozdział", paragraph: "Paragraf", name: "Nazwa" };
const HINTS = { year: "2027", chapter: "80101", paragraph: "4210", name: "" };

/** The budget classification: dział, rozdział, paragraf, each year its own. */
export function ClassificationList() {
  const view = useTableView({ filters: ["year"], ordering: "chapter" });
  const today = new Date().getFullYear();
  const year = Number(view.filters.year) || today;
  const [editing, setEditing] = useState<Classification | "new" | null>(null);
  const positions = api.useQuery(
    "get",
    "/api/v1/budget/classifications/",
    { params: { query: { ...view.query, year } } },
    { placeholderData: keepPreviousData },
  );
  const edited = newestOf(editing, positions.data?.results);
  const copy = api.useMutation("post", "/api/v1/budget/classifications/copy/", {
    onSuccess: ({ added }) => {
      notifyDone(added > 0 ? `Skopiowano pozycje: ${added}.` : "Wszystkie pozycje już tu były.");
    },
    onError: notifyRefused,
  });
  const create = <Button onClick={() => setEditing("new")}>Nowa pozycja</Button>;

  return (
    <>
      <PageHeader
        title="Klasyfikacja budżetowa"
        description="Dział, rozdział i paragraf. Co roku może się zmienić, więc każdy rok ma własny wykaz."
        actions={create}
      />
      <DataTable
        list="budget.classifications"
        label="Klasyfikacja budżetowa"
        columns={columnsOf(setEditing)}
        query={positions}
        view={{ ...view, isNarrowed: view.search !== "" }}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            title={`Na ${year} r. nie ma jeszcze pozycji`}
            action={
              <Button
                variant="default"
                loading={copy.isPending}
                onClick={() => copy.mutate({ body: { from_year: year - 1, to_year: year } })}
              >
                Skopiuj z {year - 1} r.
              </Button>
            }
          >
            Wpisz te pozycje, których używa wydział, albo skopiuj je z poprzedniego roku.
          </EmptyState>
        }
        tools={
          <>
            <SearchField label="Szukaj pozycji" value={view.search} onChange={view.setSearch} />
            <MoreFilters used={view.used}>
              <TextInput
                label="Rok"
                type="number"
                {...WHOLE_SELECTED}
                min={2000}
                max={2100}
                value={year}
                onChange={(event) => view.setFilter("year", event.currentTarget.value)}
              />
            </MoreFilters>
          </>
        }
      />
      <Modal
        opened={edited !== null}
        onClose={() => setEditing(null)}
        title={edited === "new" ? "Nowa pozycja" : `Pozycja ${edited?.code ?? ""}`}
      >
        {edited && <PositionForm edited={edited} year={year} onClose={() => setEditing(null)} />}
      </Modal>
    </>
  );
}

const columnsOf = (
  edit: (one: Classification) => void,
): readonly [Column<Classification>, ...Column<Classification>[]] => [
  { id: "symbol", header: "Symbol", ordering: "chapter", render: ({ code }) => code },
  {
    id: "name",
    header: "Nazwa",
    ordering: "name",
    render: ({ name, is_active }) => (
      <>
        {name} {!is_active && <StatusBadge tone="neutral">wyłączona</StatusBadge>}
      </>
    ),
  },
  {
    id: "actions",
    header: "Czynności",
    render: (one) => (
      <Button size="compact-sm" variant="default" aria-label={`Zmień pozycję ${one.code}`} onClick={() => edit(one)}>
        Zmień
      </Button>
    ),
  },
];

interface PositionFormProps {
  edited: Classification | "new";
  year: number;
  onClose: () => void;
}

function PositionForm({ edited, year, onClose }: PositionFormProps) {
  const onSuccess = () => {
    onClose();
    notifyDone("Zapisano pozycję.");
  };
  const create = api.useMutation("post", "/api/v1/budget/classifications/", { onSuccess });
  const change = api.useMutation("patch", "/api/v1/budget/classifications/{id}/", { onSuccess });
  const old = edited === "new" ? { year, chapter: "", paragraph: "", name: "", is_active: true } : edited;
  const form = useEdit({
    begin: {
      year: String(old.year),
      chapter: old.chapter,
      paragraph: old.paragraph ?? "",
      name: old.name,
      is_active: old.is_active ?? true,
    },
    labels: LABELS,
    version: edited === "new" ? undefined : edited.version,
    saving: [create, change],
  });

  const save = ({ is_active, ...texts }: typeof form.fields, header: Seen) => {
    const body = {
      year: Number(texts.year),
      chapter: texts.chapter.trim(),
      paragraph: texts.paragraph.trim(),
      name: texts.name.trim(),
    };
    if (edited === "new") {
      create.mutate({ body });
    } else {
      change.mutate({ params: { path: { id: edited.id }, header }, body: { ...body, is_active } });
    }
  };

  return (
    <EditForm form={form} refused="Nie zapisano pozycji" save="Zapisz" cancel={onClose} onSave={save}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {(Object.keys(LABELS) as (keyof typeof LABELS)[]).map((name) => (
          <TextInput
            key={name}
            {...form.input(name)}
            placeholder={HINTS[name]}
            required={name !== "paragraph"}
            data-autofocus={name === "chapter" || undefined}
          />
        ))}
      </SimpleGrid>
      {edited !== "new" && <Switch label="W użyciu: można ją wskazać w nowych pulach" {...form.check("is_active")} />}
    </EditForm>
  );
}
