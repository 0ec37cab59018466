import { Checkbox, Title } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import { ChoiceField } from "@/ui/ChoiceField";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { MoreFilters } from "@/ui/MoreFilters";
import { SearchField } from "@/ui/SearchField";
import { exportAddress, oneOf, useTableView } from "@/ui/tableView";
import { titled, WHERE_IT_STANDS } from "./ApplicationColumns";
import { APPLICATIONS, type Application, STANDINGS } from "./nouns";

const COLUMNS: readonly [Column<Application>, ...Column<Application>[]] = [
  titled(({ applicant }) => applicant),
  { id: "unit", header: "Jednostka", phone: "bare", render: ({ unit }) => unit?.short_name ?? null },
  ...WHERE_IT_STANDS,
  { id: "sign", header: "Znak", isExtra: true, render: ({ sign }) => sign },
  { id: "round", header: "Tura", isExtra: true, render: ({ round }) => round },
];

/** The applications of a call that this person sees. */
export function CallApplications({ id }: { id: string }) {
  const view = useTableView({ filters: ["standing", "overdue"] as const });
  const { overdue } = view.filters;
  const standing = oneOf(
    view.filters.standing,
    STANDINGS.map(({ value }) => value),
  );
  const applications = api.useQuery(
    "get",
    "/api/v1/applications/calls/{call_id}/applications/",
    {
      params: {
        path: { call_id: id },
        query: { ...view.query, ...(standing && { standing }), ...(overdue === "true" && { overdue: true }) },
      },
    },
    { placeholderData: keepPreviousData },
  );
  return (
    <section aria-labelledby="applications">
      <Title order={2} id="applications" mb="sm">
        Wnioski
      </Title>
      <DataTable
        list="applications.of_call"
        label="Wnioski naboru"
        columns={COLUMNS}
        query={applications}
        view={view}
        rowKey={(one) => one.id}
        isDense
        exportHref={exportAddress(`${APPLICATIONS}calls/${id}/applications/export/`, view)}
        empty={
          <EmptyState title="Nie ma jeszcze wniosków">Gdy jednostka rozpocznie wniosek, zobaczysz go tutaj.</EmptyState>
        }
        tools={
          <>
            <SearchField label="Szukaj wniosku" value={view.search} onChange={view.setSearch} />
            <MoreFilters used={view.used}>
              <ChoiceField
                label="Które"
                placeholder="wszystkie"
                choices={STANDINGS}
                value={standing ?? null}
                onChange={(next) => view.setFilter("standing", next)}
              />
              <Checkbox
                label="po terminie"
                checked={overdue === "true"}
                onChange={(event) => view.setFilter("overdue", event.currentTarget.checked ? "true" : null)}
                pb={8}
              />
            </MoreFilters>
          </>
        }
      />
    </section>
  );
}
