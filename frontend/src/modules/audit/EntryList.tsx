import { NativeSelect, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, type Schemas } from "@/api/client";
import { allUnits } from "@/api/units";
import { ChoiceField } from "@/ui/ChoiceField";
import { type Column, DataTable } from "@/ui/DataTable";
import { DayField } from "@/ui/DayField";
import { DownloadButton } from "@/ui/DownloadButton";
import { EmptyState } from "@/ui/EmptyState";
import { formatDateTime } from "@/ui/format";
import { MoreFilters } from "@/ui/MoreFilters";
import { PageHeader } from "@/ui/PageHeader";
import { PersonFilter } from "@/ui/PersonFilter";
import { SearchField } from "@/ui/SearchField";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import { exportAddress, oneOf, useTableView } from "@/ui/tableView";
import { EntryChanges } from "./EntryChanges";
import { targetKind } from "./telling";

type Entry = Schemas["LogEntryOut"];

const FILTERS = ["actor", "deed", "right", "outcome", "since", "until", "target"] as const;
const OUTCOMES = ["done", "refused"] as const;
const EXPORT = "/api/v1/audit/entries/export/";

/** Who did what, when, from where, and what it changed. */
export function EntryList() {
  const view = useTableView({ filters: FILTERS, ordering: "-at" });
  const catalogue = api.useQuery("get", "/api/v1/accounts/permissions/", {}, { staleTime: 300_000 });
  const permissions = catalogue.data?.flatMap((group) => group.permissions) ?? [];
  const deeds = api.useQuery("get", "/api/v1/audit/deeds/", {}, { staleTime: 300_000 });
  const units = useQuery({
    queryKey: ["get", "/api/v1/directory/", "units of the log"],
    queryFn: allUnits,
    staleTime: 300_000,
  });
  const labels = new Map([
    ...permissions.map(({ name, label }) => [name, label] as const),
    ...(units.data ?? []).map(({ id, short_name }) => [id, short_name] as const),
  ]);
  const used = Object.values(view.filters).filter(Boolean).length;
  const outcome = oneOf(view.filters.outcome, OUTCOMES);
  const entries = api.useQuery(
    "get",
    "/api/v1/audit/entries/",
    { params: { query: { ...view.query, ...view.filters, outcome } } },
    { placeholderData: keepPreviousData },
  );

  return (
    <>
      <PageHeader
        title="Dziennik zdarzeń"
        description="Kto, kiedy i co zrobił, także logowania i odmowy. Wpisów nie da się zmienić ani usunąć. Paczka dla audytora to ZIP z uprawnieniami, podsumowaniem dziennika i kontami nieużywanymi od 90 dni."
        actions={<DownloadButton href="/api/v1/accounts/auditor-pack/">Paczka dla audytora</DownloadButton>}
      />
      <DataTable
        list="audit.entries"
        label="Dziennik zdarzeń"
        columns={columnsWith(labels)}
        query={entries}
        view={view}
        rowKey={({ id }) => String(id)}
        exportHref={exportAddress(EXPORT, { ...view, filters: { ...view.filters, as: "xlsx" } })}
        otherExports={[
          { words: "Pobierz CSV", href: exportAddress(EXPORT, { ...view, filters: { ...view.filters, as: "csv" } }) },
        ]}
        empty={<EmptyState title="Dziennik jest pusty">Wpisy pojawią się, gdy ktoś coś zrobi.</EmptyState>}
        tools={
          <>
            <SearchField label="Osoba, czynność albo czego dotyczy" value={view.search} onChange={view.setSearch} />
            <MoreFilters used={used}>
              <PersonFilter label="Kto" field="actor" />
              <ChoiceField
                label="Czynność"
                placeholder="wszystkie"
                choices={(deeds.data ?? []).map((module) => ({
                  group: module.name,
                  items: module.deeds.map(({ deed, name }) => ({ value: deed, label: name })),
                }))}
                value={view.filters.deed ?? null}
                onChange={(deed) => view.setFilter("deed", deed)}
              />
              <ChoiceField
                label="Uprawnienie"
                placeholder="wszystkie"
                choices={(catalogue.data ?? []).map((group) => ({
                  group: group.label,
                  items: group.permissions.map(({ name, label }) => ({ value: name, label })),
                }))}
                value={view.filters.right ?? null}
                onChange={(right) => view.setFilter("right", right)}
              />
              <NativeSelect
                label="Wynik"
                value={outcome ?? ""}
                onChange={(event) => view.setFilter("outcome", event.currentTarget.value)}
                data={[
                  { value: "", label: "wykonane i odmowy" },
                  { value: "done", label: "wykonane" },
                  { value: "refused", label: "odmowy" },
                ]}
              />
              <DayField
                id="since"
                label="Od dnia"
                value={view.filters.since ?? null}
                onChange={(day) => view.setFilter("since", day)}
              />
              <DayField
                id="until"
                label="Do dnia"
                value={view.filters.until ?? null}
                onChange={(day) => view.setFilter("until", day)}
              />
              {view.filters.target && (
                <NativeSelect
                  label="Czego dotyczy"
                  value={view.filters.target}
                  onChange={(event) => view.setFilter("target", event.currentTarget.value)}
                  data={[
                    { value: view.filters.target, label: "tylko to jedno" },
                    { value: "", label: "wszystko" },
                  ]}
                />
              )}
            </MoreFilters>
          </>
        }
      />
    </>
  );
}

const columnsWith = (labels: ReadonlyMap<string, string>): readonly [Column<Entry>, ...Column<Entry>[]] => [
  {
    id: "at",
    header: "Kiedy",
    ordering: "at",
    render: ({ at }) => <time dateTime={at}>{formatDateTime(at)}</time>,
  },
  {
    id: "who",
    header: "Kto",
    phone: "bare",
    render: ({ actor_name, in_place_of_name, origin }) => (
      <>
        {actor_name || "nieznana osoba"}
        {in_place_of_name && <Text size="sm">w zastępstwie: {in_place_of_name}</Text>}
        {origin && (
          <Text size="sm" c="dimmed">
            {origin}
          </Text>
        )}
      </>
    ),
  },
  {
    id: "what",
    header: "Co",
    phone: "bare",
    render: ({ deed_label, right_label, outcome }) => (
      <>
        {deed_label || right_label} {outcome === "refused" && <StatusBadge tone="warning">odmówiono</StatusBadge>}
        {deed_label && right_label && (
          <Text size="sm" c="dimmed">
            na podstawie: {right_label}
          </Text>
        )}
      </>
    ),
  },
  {
    id: "target",
    header: "Czego dotyczy",
    phone: "bare",
    render: ({ target_label, target_id, target_type }) =>
      target_label ? (
        <>
          {target_id ? (
            <TextLink to={`/audit/entries?target=${encodeURIComponent(target_id)}`}>{target_label}</TextLink>
          ) : (
            target_label
          )}
          <Text size="sm" c="dimmed">
            {targetKind(target_type)}
          </Text>
        </>
      ) : null,
  },
  {
    id: "change",
    header: "Zmiana",
    phone: "bare",
    render: (entry) => (entry.before || entry.after ? <EntryChanges entry={entry} labels={labels} /> : null),
  },
];
