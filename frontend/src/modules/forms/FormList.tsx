import { NativeSelect, Text } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { formatDateTime, formatNumber } from "@/ui/format";
import { MoreFilters } from "@/ui/MoreFilters";
import { PageHeader } from "@/ui/PageHeader";
import { SearchField } from "@/ui/SearchField";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import { useTableView } from "@/ui/tableView";
import type { FormSummary } from "./nouns";

const COLUMNS: readonly [Column<FormSummary>, ...Column<FormSummary>[]] = [
  {
    id: "form",
    header: "Formularz",
    ordering: "sort_key",
    render: (form) => (
      <>
        <TextLink to={`/forms/forms/${form.id}`} fw={600}>
          {form.name}
        </TextLink>
        {form.description && (
          <Text size="sm" c="dimmed" fw={400} lineClamp={2}>
            {form.description}
          </Text>
        )}
      </>
    ),
  },
  {
    id: "state",
    header: "Stan",
    phone: "end",
    render: ({ is_archived, revision }) =>
      is_archived ? (
        <StatusBadge tone="neutral">w archiwum</StatusBadge>
      ) : revision > 0 ? (
        <StatusBadge tone="success">{`opublikowany, wersja ${revision}`}</StatusBadge>
      ) : (
        <StatusBadge tone="info">nieopublikowany</StatusBadge>
      ),
  },
  { id: "sheets", header: "Arkusze", isNumeric: true, render: ({ sheets }) => formatNumber(sheets) },
  {
    id: "changed",
    header: "Ostatnia zmiana",
    ordering: "updated_at",
    render: ({ updated_at: at }) => <time dateTime={at}>{formatDateTime(at)}</time>,
  },
];

/** Every form of the city. */
export function FormList() {
  const view = useTableView({ filters: ["state"], ordering: "sort_key" });
  const { may } = useSession();
  const isArchived = view.filters.state === "archived";
  const forms = api.useQuery(
    "get",
    "/api/v1/forms/forms/",
    { params: { query: { ...view.query, is_archived: isArchived } } },
    { placeholderData: keepPreviousData, staleTime: 0 },
  );
  const mayMake = may("forms.manage_forms");
  const begin = <ButtonLink to="/forms/forms/new">Nowy formularz</ButtonLink>;

  return (
    <>
      <PageHeader
        title="Formularze"
        description="O co miasto pyta w sprawach. Szkic można zmieniać do woli; wypełniane są tylko opublikowane wersje."
        actions={
          mayMake && (
            <>
              <ButtonLink to="/forms/forms/import" variant="default">
                Wczytaj z pliku
              </ButtonLink>
              {begin}
            </>
          )
        }
      />
      <DataTable
        list="forms.forms"
        label="Formularze"
        columns={COLUMNS}
        query={forms}
        view={view}
        rowKey={(form) => form.id}
        empty={
          <EmptyState
            title="Nie ma jeszcze formularzy"
            action={mayMake && begin}
            others="Formularze układa osoba, która prowadzi je w wydziale. Gdy powstanie pierwszy, zobaczysz go tutaj."
          >
            Ułóż pierwszy od zera albo wczytaj go z pliku, który przygotowało inne miasto.
          </EmptyState>
        }
        tools={
          <>
            <SearchField label="Szukaj formularza" value={view.search} onChange={view.setSearch} />
            <MoreFilters used={view.used}>
              <NativeSelect
                label="Pokaż"
                value={isArchived ? "archived" : ""}
                onChange={(event) => view.setFilter("state", event.currentTarget.value)}
                data={[
                  { value: "", label: "używane" },
                  { value: "archived", label: "w archiwum" },
                ]}
              />
            </MoreFilters>
          </>
        }
      />
    </>
  );
}
