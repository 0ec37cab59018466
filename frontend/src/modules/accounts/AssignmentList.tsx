import { NativeSelect } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { MoreFilters } from "@/ui/MoreFilters";
import { PageHeader } from "@/ui/PageHeader";
import { PersonFilter } from "@/ui/PersonFilter";
import { TextLink } from "@/ui/TextLink";
import { exportAddress, oneOf, useTableView } from "@/ui/tableView";
import { AssignmentActions, AssignmentState } from "./AssignmentRows";
import { GIVES_ROLES } from "./accounts";
import { MotionList } from "./MotionList";
import { RoleFilter } from "./PersonList";
import { period } from "./period";
import { useScopeKinds } from "./places";

type Assignment = Schemas["AssignmentOut"];

const COLUMNS: readonly [Column<Assignment>, ...Column<Assignment>[]] = [
  {
    id: "person",
    header: "Osoba",
    ordering: "person__sort_key",
    render: ({ person }) => (
      <TextLink to={`/accounts/people/${person.id}`} fw={600}>
        {person.name}
      </TextLink>
    ),
  },
  { id: "role", header: "Rola", phone: "bare", ordering: "role__sort_key", render: ({ role }) => role.name },
  { id: "place", header: "Gdzie", phone: "bare", render: ({ scope }) => scope.name },
  {
    id: "at",
    header: "Kiedy",
    phone: "bare",
    ordering: "valid_from",
    render: ({ valid_from, valid_to }) => period(valid_from, valid_to),
  },
  { id: "state", header: "Stan", phone: "end", render: (assignment) => <AssignmentState assignment={assignment} /> },
  {
    id: "actions",
    header: "Czynności",
    phone: "bare",
    render: (assignment) => <AssignmentActions assignment={assignment} />,
  },
];

/** Who has which role, where and when. */
export function AssignmentList() {
  const view = useTableView({
    filters: ["person", "role", "scope_kind", "in_force"] as const,
    ordering: "person__sort_key",
  });
  const { may } = useSession();
  const kinds = useScopeKinds();
  const { person, role, scope_kind } = view.filters;
  const state = oneOf(view.filters.in_force, ["true", "false"] as const);
  const query = { ...view.query, person, role, scope_kind, in_force: state && state === "true" };
  const assignments = api.useQuery(
    "get",
    "/api/v1/accounts/assignments/",
    { params: { query } },
    { placeholderData: keepPreviousData },
  );
  const mayGive = GIVES_ROLES.some(may);
  const give = mayGive && (
    <ButtonLink to={`/accounts/assignments/new${role ? `?role=${role}` : ""}`}>Nadaj rolę</ButtonLink>
  );

  return (
    <>
      <PageHeader
        title="Nadane role"
        description="Kto ma jaką rolę, gdzie i od kiedy do kiedy."
        back={{ to: "/accounts/roles", label: "Role" }}
        actions={give}
      />
      {may("accounts.manage_roles") && <MotionList kind="administrator" />}
      <DataTable
        list="accounts.assignments"
        label="Nadane role"
        columns={COLUMNS}
        query={assignments}
        view={view}
        rowKey={({ id }) => id}
        exportHref={exportAddress("/api/v1/accounts/assignments/export/", view)}
        empty={
          <EmptyState
            title="Nikt nie ma jeszcze żadnej roli"
            action={give}
            others="Role nadaje administrator miasta. Gdy to zrobi, zobaczysz je tutaj."
          >
            Nadaj pierwszą rolę: wskaż osobę, rolę i miejsce, w którym ma działać.
          </EmptyState>
        }
        tools={
          <>
            <PersonFilter label="Osoba" field="person" />
            <MoreFilters used={[role, scope_kind, state].filter(Boolean).length}>
              <RoleFilter value={role} onChange={(id) => view.setFilter("role", id)} />
              <NativeSelect
                label="Gdzie"
                value={scope_kind ?? ""}
                onChange={(event) => view.setFilter("scope_kind", event.currentTarget.value)}
                data={[
                  { value: "", label: "wszędzie" },
                  ...(kinds.data ?? []).map(({ kind, label }) => ({ value: kind, label })),
                ]}
              />
              <NativeSelect
                label="Stan"
                value={state ?? ""}
                onChange={(event) => view.setFilter("in_force", event.currentTarget.value)}
                data={[
                  { value: "", label: "wszystkie" },
                  { value: "true", label: "działają dziś" },
                  { value: "false", label: "nie działają dziś" },
                ]}
              />
            </MoreFilters>
          </>
        }
      />
    </>
  );
}
