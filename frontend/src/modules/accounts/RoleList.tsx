import { Group, Text } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { formatNumber } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import { exportAddress, useTableView } from "@/ui/tableView";

type Role = Schemas["RoleOut"];

const COLUMNS: readonly [Column<Role>, ...Column<Role>[]] = [
  {
    id: "role",
    header: "Rola",
    ordering: "sort_key",
    render: (role) => (
      <>
        <Group gap="xs">
          <TextLink to={`/accounts/roles/${role.id}`} fw={600}>
            {role.name}
          </TextLink>
          {role.requires_mfa && <StatusBadge tone="info">drugi składnik</StatusBadge>}
          {role.proposed.length > 0 && <StatusBadge tone="warning">nowe uprawnienia do decyzji</StatusBadge>}
        </Group>
        <Text size="sm" c="dimmed" fw={400}>
          {role.description}
        </Text>
      </>
    ),
  },
  {
    id: "permissions",
    header: "Uprawnienia",
    render: (role) => formatNumber(role.permissions.length),
    isNumeric: true,
  },
  {
    id: "people",
    header: "Osoby",
    ordering: "holder_count",
    isNumeric: true,
    render: (role) => (
      <TextLink
        to={`/accounts/assignments?role=${role.id}&in_force=true`}
        aria-label={`Osoby z rolą ${role.name}: ${role.holder_count}`}
      >
        {formatNumber(role.holder_count)}
      </TextLink>
    ),
  },
];

/** The city's roles: each a name for a set of permissions. */
export function RoleList() {
  const view = useTableView({ ordering: "sort_key" });
  const { may } = useSession();
  const roles = api.useQuery(
    "get",
    "/api/v1/accounts/roles/",
    { params: { query: view.query } },
    { placeholderData: keepPreviousData },
  );
  const create = may("accounts.manage_roles") && <ButtonLink to="/accounts/roles/new">Nowa rola</ButtonLink>;

  return (
    <>
      <PageHeader
        title="Role"
        description="Rola to nazwany zestaw uprawnień. Nadaje się ją osobie w całym mieście, w referacie, w jednostce albo w grupie jednostek."
        actions={
          <>
            <ButtonLink to="/accounts/roles/matrix" variant="default">
              Porównaj role
            </ButtonLink>
            <ButtonLink to="/accounts/assignments" variant="default">
              Nadane role
            </ButtonLink>
            {create}
          </>
        }
      />
      <DataTable
        list="accounts.roles"
        label="Role"
        columns={COLUMNS}
        query={roles}
        view={view}
        rowKey={({ id }) => id}
        exportHref={exportAddress("/api/v1/accounts/roles/export/", view)}
        empty={
          <EmptyState
            title="Nie ma jeszcze ról"
            action={create}
            others="Role układa administrator miasta. Gdy powstaną, zobaczysz je tutaj."
          >
            Utwórz rolę, na przykład „Referent”, zaznacz jej uprawnienia i nadaj ją osobom.
          </EmptyState>
        }
      />
    </>
  );
}
