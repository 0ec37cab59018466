import { NativeSelect, Stack, Text } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { formatMoney } from "@/ui/format";
import { MoreFilters } from "@/ui/MoreFilters";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { SearchField } from "@/ui/SearchField";
import { TextLink } from "@/ui/TextLink";
import { exportAddress, useTableView } from "@/ui/tableView";
import { FigureBar } from "./FigureBar";
import { BUDGET, type Pot, type YearFigures } from "./nouns";
import { UnitKinds } from "./UnitKinds";

const COLUMNS: readonly [Column<Pot>, ...Column<Pot>[]] = [
  {
    id: "pot",
    header: "Pula",
    ordering: "sort_key",
    render: ({ id, name, parent, fund, disposer }) => (
      <>
        <TextLink to={`/budget/pots/${id}`} fw={600}>
          {name}
        </TextLink>
        <Text size="sm" c="dimmed" fw={400}>
          {[parent && `część puli: ${parent.name}`, disposer.name && `dysponuje: ${disposer.name}`, fund]
            .filter(Boolean)
            .join(" · ")}
        </Text>
      </>
    ),
  },
  { id: "use", header: "Wykorzystanie", render: ({ figures }) => <FigureBar figures={figures} /> },
  { id: "asked", header: "Wnioskowano", isNumeric: true, render: ({ figures }) => formatMoney(figures.asked) },
  { id: "granted", header: "Przyznano", isNumeric: true, render: ({ figures }) => formatMoney(figures.granted) },
  { id: "left", header: "Zostało", isNumeric: true, render: ({ figures }) => formatMoney(figures.left) },
];

/** The pots of a year, each with what became of it. */
export function PotList() {
  const { may } = useSession();
  const view = useTableView({ filters: ["year"], ordering: "sort_key" });
  const { data: years } = api.useSuspenseQuery("get", "/api/v1/budget/years/");
  const today = new Date().getFullYear();
  const usual = years.find(({ year }) => year === today) ?? years[0];
  const year = Number(view.filters.year) || usual?.year || today;
  const shown = years.find((one) => one.year === year);
  const pots = api.useQuery(
    "get",
    "/api/v1/budget/pots/",
    { params: { query: { ...view.query, year } } },
    { placeholderData: keepPreviousData },
  );
  const create = may("budget.manage_pots") && <ButtonLink to={`/budget/pots/new?year=${year}`}>Nowa pula</ButtonLink>;

  return (
    <>
      <PageHeader
        title="Budżet"
        description="Pule środków na rok i to, co z nimi zrobiono. Każda kwota jest sumą zapisów, których nie da się zmienić ani usunąć."
        actions={create}
      />
      <Stack gap="xl">
        {shown && <YearPanel shown={shown} />}
        <DataTable
          list="budget.pots"
          label="Pule"
          columns={COLUMNS}
          query={pots}
          view={{ ...view, isNarrowed: view.search !== "" }}
          rowKey={({ id }) => id}
          exportHref={exportAddress(`${BUDGET}pots/export/`, { ...view, filters: { year: String(year) } })}
          empty={
            <EmptyState
              title={`Na ${year} r. nie ma jeszcze żadnej puli`}
              action={create}
              others="Pule na ten rok zakłada osoba, która prowadzi budżet. Gdy to zrobi, zobaczysz je tutaj."
            >
              Pula mówi, ile jest środków na dany cel. Procedury przyznają z niej pieniądze i nigdy więcej, niż w niej
              jest.
            </EmptyState>
          }
          tools={
            <>
              <SearchField label="Szukaj puli" value={view.search} onChange={view.setSearch} />
              <MoreFilters used={view.used}>
                <NativeSelect
                  label="Rok"
                  value={String(year)}
                  onChange={(event) => view.setFilter("year", event.currentTarget.value)}
                  data={yearsOffered(years, year).map(String)}
                />
              </MoreFilters>
            </>
          }
        />
        <UnitKinds year={year} />
      </Stack>
    </>
  );
}

function yearsOffered(years: readonly YearFigures[], chosen: number): number[] {
  return [...new Set([chosen, ...years.map(({ year }) => year)])].sort((one, other) => other - one);
}

function YearPanel({ shown }: { shown: YearFigures }) {
  return (
    <Panel title={`Rok ${shown.year}: ${formatMoney(shown.figures.planned)}`}>
      <FigureBar figures={{ ...shown.figures, delegated: "0.00" }} isLarge />
    </Panel>
  );
}
