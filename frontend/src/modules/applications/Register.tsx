import { Checkbox, NativeSelect, Stack, TextInput } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { allUnits } from "@/api/units";
import { ChoiceField } from "@/ui/ChoiceField";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { formatMoney } from "@/ui/format";
import { MoreFilters } from "@/ui/MoreFilters";
import { PageHeader } from "@/ui/PageHeader";
import { SearchField } from "@/ui/SearchField";
import { exportAddress, oneOf, useTableView } from "@/ui/tableView";
import { titled, WHERE_IT_STANDS } from "./ApplicationColumns";
import { APPLICATIONS, type RegisterRow, STANDINGS } from "./nouns";
import { RegisterFigures } from "./RegisterFigures";

const COLUMNS: readonly [Column<RegisterRow>, ...Column<RegisterRow>[]] = [
  titled(({ unit, applicant, procedure }) =>
    [unit?.short_name ?? applicant, procedure.name].filter(Boolean).join(" · "),
  ),
  { id: "year", header: "Rok", ordering: "year", phone: "bare", render: ({ year }) => year },
  { id: "procedure", header: "Rodzaj wniosku", isExtra: true, render: ({ procedure }) => procedure.name },
  ...WHERE_IT_STANDS.map((one) => (one.id === "stage" ? one : { ...one, isExtra: true })),
  {
    id: "asked",
    header: "Wnioskowano",
    isNumeric: true,
    ordering: "asked",
    phone: "none",
    render: ({ asked }) => formatMoney(asked),
  },
  {
    id: "granted",
    header: "Przyznano",
    isNumeric: true,
    ordering: "granted",
    render: ({ granted }) => formatMoney(granted),
  },
  {
    id: "settled",
    header: "Rozliczono",
    isNumeric: true,
    ordering: "settled",
    phone: "none",
    render: ({ settled }) => formatMoney(settled),
  },
  {
    id: "returned",
    header: "Zwrócono",
    isNumeric: true,
    isExtra: true,
    render: ({ returned }) => formatMoney(returned),
  },
  { id: "call", header: "Nabór", isExtra: true, render: ({ call }) => call.title },
  { id: "unit", header: "Jednostka", isExtra: true, render: ({ unit }) => unit?.short_name ?? null },
  { id: "kind", header: "Rodzaj jednostki", isExtra: true, render: ({ kind }) => kind },
];

const FILTERS = ["year", "procedure", "kind", "unit", "standing", "granted_from", "granted_to", "unsettled"] as const;

/** Every application of every year, and what the narrowed list comes to. */
export function Register() {
  const view = useTableView({ filters: FILTERS });
  const { year, procedure, kind, unit, granted_from, granted_to, unsettled } = view.filters;
  const standing = oneOf(
    view.filters.standing,
    STANDINGS.map(({ value }) => value),
  );
  const narrowed = {
    ...(view.search && { search: view.search }),
    ...(year && { year: Number(year) }),
    ...(procedure && { procedure }),
    ...(kind && { kind }),
    ...(unit && { unit }),
    ...(standing && { standing }),
    ...(granted_from && { granted_from: Number(granted_from) }),
    ...(granted_to && { granted_to: Number(granted_to) }),
    ...(unsettled === "true" && { unsettled: true }),
  };
  const rows = api.useQuery(
    "get",
    "/api/v1/applications/register/",
    { params: { query: { ...view.query, ...narrowed } } },
    { placeholderData: keepPreviousData },
  );
  const choices = api.useQuery("get", "/api/v1/applications/register/choices/", {}, { staleTime: 60_000 });
  const kinds = api.useQuery("get", "/api/v1/directory/kinds/", {}, { staleTime: 60_000 });
  const units = useQuery({
    queryKey: ["get", "/api/v1/directory/units/", "all open"],
    queryFn: allUnits,
    staleTime: 60_000,
  });

  return (
    <>
      <PageHeader
        title="Rejestr wniosków"
        description="Wszystkie wnioski ze wszystkich naborów i lat: kto, o ile wnioskował, ile dostał i ile rozliczył."
      />
      <Stack gap="md">
        <RegisterFigures narrowed={narrowed} />
        <DataTable
          list="applications.register"
          label="Rejestr wniosków"
          columns={COLUMNS}
          query={rows}
          view={view}
          rowKey={({ id }) => id}
          exportHref={exportAddress(`${APPLICATIONS}register/export/`, view)}
          empty={
            <EmptyState title="Rejestr jest jeszcze pusty">
              Gdy jednostki rozpoczną wnioski w ogłoszonym naborze, każdy z nich będzie tutaj, także po latach.
            </EmptyState>
          }
          tools={
            <>
              <SearchField label="Szukaj wniosku" value={view.search} onChange={view.setSearch} />
              <MoreFilters used={view.used}>
                <NativeSelect
                  label="Rok"
                  value={year ?? ""}
                  onChange={(event) => view.setFilter("year", event.currentTarget.value)}
                  data={[
                    { value: "", label: "wszystkie" },
                    ...(choices.data?.years ?? []).map((one) => ({ value: String(one), label: String(one) })),
                  ]}
                />
                <ChoiceField
                  label="Rodzaj wniosku"
                  placeholder="wszystkie"
                  choices={(choices.data?.procedures ?? []).map(({ id, name }) => ({ value: id, label: name }))}
                  value={procedure ?? null}
                  onChange={(next) => view.setFilter("procedure", next)}
                />
                <ChoiceField
                  label="Rodzaj jednostki"
                  placeholder="wszystkie"
                  choices={(kinds.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
                  value={kind ?? null}
                  onChange={(next) => view.setFilter("kind", next)}
                />
                <ChoiceField
                  label="Jednostka"
                  placeholder="wszystkie"
                  choices={(units.data ?? []).map(({ id, short_name }) => ({ value: id, label: short_name }))}
                  value={unit ?? null}
                  onChange={(next) => view.setFilter("unit", next)}
                />
                <ChoiceField
                  label="Które"
                  placeholder="wszystkie"
                  choices={STANDINGS}
                  value={standing ?? null}
                  onChange={(next) => view.setFilter("standing", next)}
                />
                <AmountFilter
                  label="Przyznano od (zł)"
                  value={granted_from}
                  onChange={(next) => view.setFilter("granted_from", next)}
                />
                <AmountFilter
                  label="Przyznano do (zł)"
                  value={granted_to}
                  onChange={(next) => view.setFilter("granted_to", next)}
                />
                <Checkbox
                  label="nierozliczone pieniądze"
                  checked={unsettled === "true"}
                  onChange={(event) => view.setFilter("unsettled", event.currentTarget.checked ? "true" : null)}
                  pb={8}
                />
              </MoreFilters>
            </>
          }
        />
      </Stack>
    </>
  );
}

interface AmountFilterProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | null) => void;
}

const AMOUNT = /^\d{1,12}([.,]\d{1,2})?$/;

/** A sum that narrows a list once it is written: on Enter, or when the field is left. */
function AmountFilter({ label, value, onChange }: AmountFilterProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? value?.replace(".", ",") ?? "";
  const bare = shown.replaceAll(/[\s\u00a0]/g, "");
  const isWrong = bare !== "" && !AMOUNT.test(bare);
  const settle = () => {
    if (typed !== null && !isWrong) {
      onChange(bare === "" ? null : bare.replace(",", "."));
      setTyped(null);
    }
  };
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      value={shown}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => event.key === "Enter" && settle()}
      error={isWrong ? "Podaj kwotę, na przykład 1500,50." : undefined}
    />
  );
}
