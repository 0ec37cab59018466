import { NativeSelect, Text } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { api, type Schemas } from "@/api/client";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { MoreFilters } from "@/ui/MoreFilters";
import { PageHeader } from "@/ui/PageHeader";
import { SearchField } from "@/ui/SearchField";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import { exportAddress, oneOf, useTableView } from "@/ui/tableView";
import { MailLink, PhoneLink } from "./ContactLinks";

const COLUMNS: readonly [Column<Schemas["UnitOut"]>, ...Column<Schemas["UnitOut"]>[]] = [
  {
    id: "unit",
    header: "Jednostka",
    ordering: "short_name",
    render: (unit) => (
      <>
        <TextLink to={`/directory/units/${unit.id}`} fw={600}>
          {unit.short_name}
        </TextLink>{" "}
        {unit.closed_on && <StatusBadge tone="neutral">zamknięta</StatusBadge>}
        <Text size="sm" c="dimmed" fw={400}>
          {unit.name}
        </Text>
      </>
    ),
  },
  { id: "kind", header: "Rodzaj", phone: "bare", ordering: "kind", render: (unit) => unit.kind.name },
  { id: "phone", header: "Telefon", phone: "bare", render: (unit) => unit.phone && <PhoneLink number={unit.phone} /> },
  { id: "email", header: "E-mail", phone: "none", render: (unit) => unit.email && <MailLink address={unit.email} /> },
  {
    id: "address",
    header: "Adres",
    isExtra: true,
    render: ({ street, building, flat, postal_code, city }) =>
      `${[street, [building, flat].filter(Boolean).join("/")].filter(Boolean).join(" ")}, ${postal_code} ${city}`,
  },
  { id: "rspo", header: "Numery RSPO", isExtra: true, render: ({ rspo_numbers }) => rspo_numbers.join(", ") },
  { id: "nip", header: "NIP", isExtra: true, render: ({ nip }) => nip },
  { id: "regon", header: "REGON", isExtra: true, render: ({ regon }) => regon },
  { id: "website", header: "Strona internetowa", isExtra: true, render: ({ website }) => website },
  { id: "edoreczenia", header: "Adres do e-Doręczeń", isExtra: true, render: ({ edoreczenia }) => edoreczenia },
];

/** Every unit of the city, found by name, kind or number. */
export function UnitList() {
  const view = useTableView({ filters: ["kind", "state"], ordering: "short_name" });
  const state = oneOf(view.filters.state, ["closed", "all"]) ?? "open";
  const isOpen = { open: true, closed: false, all: undefined }[state];
  const kinds = api.useQuery("get", "/api/v1/directory/kinds/", {}, { staleTime: 60_000 });
  const units = api.useQuery(
    "get",
    "/api/v1/directory/units/",
    {
      params: {
        query: {
          ...view.query,
          kind: view.filters.kind,
          is_open: isOpen,
        },
      },
    },
    { placeholderData: keepPreviousData },
  );

  return (
    <>
      <PageHeader title="Jednostki" description="Szkoły, przedszkola i inne jednostki miasta, z danymi do kontaktu." />
      <DataTable
        list="directory.units"
        label="Jednostki"
        columns={COLUMNS}
        query={units}
        view={view}
        rowKey={(unit) => unit.id}
        exportHref={exportAddress("/api/v1/directory/units/export/", {
          ...view,
          filters: { kind: view.filters.kind, is_open: isOpen?.toString() },
        })}
        empty={
          <EmptyState title="Nie ma jeszcze jednostek">
            Administrator miasta wczytuje je z krajowego rejestru RSPO. Po imporcie pojawią się tutaj.
          </EmptyState>
        }
        tools={
          <>
            <SearchField label="Nazwa, adres lub numer RSPO" value={view.search} onChange={view.setSearch} />
            <MoreFilters used={view.used}>
              <NativeSelect
                label="Rodzaj"
                value={view.filters.kind ?? ""}
                onChange={(event) => view.setFilter("kind", event.currentTarget.value)}
                data={[
                  { value: "", label: "wszystkie" },
                  ...(kinds.data ?? []).map(({ code, name, units: count }) => ({
                    value: code,
                    label: `${name} (${count})`,
                  })),
                ]}
              />
              <NativeSelect
                label="Stan"
                value={state}
                onChange={(event) =>
                  view.setFilter("state", event.currentTarget.value === "open" ? null : event.currentTarget.value)
                }
                data={[
                  { value: "open", label: "działające" },
                  { value: "closed", label: "zamknięte" },
                  { value: "all", label: "wszystkie" },
                ]}
              />
            </MoreFilters>
          </>
        }
      />
    </>
  );
}
