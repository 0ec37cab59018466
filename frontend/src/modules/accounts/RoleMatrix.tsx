import { Skeleton, Text, VisuallyHidden } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { api, type Schemas } from "@/api/client";
import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { SearchField } from "@/ui/SearchField";
import { TextLink } from "@/ui/TextLink";
import { matching, ofRoles, type PermissionGroup } from "./permissionSearch";
import classes from "./RoleMatrix.module.css";
import { useRoles } from "./useRoles";

/** Every permission against every role, side by side. */
export function RoleMatrix() {
  const [search, setSearch] = useState("");
  const catalogue = api.useQuery("get", "/api/v1/accounts/permissions/", {}, { staleTime: 5 * 60_000 });
  const roles = useRoles();
  const groups = catalogue.data && matching(ofRoles(catalogue.data), search);

  return (
    <>
      <PageHeader
        title="Porównanie ról"
        description="W wierszach uprawnienia, w kolumnach role. Aby zmienić rolę, wejdź w jej nazwę."
        back={{ to: "/accounts/roles", label: "Role" }}
      />
      <ProblemAlert
        error={catalogue.error ?? roles.error}
        retry={() => void Promise.all([catalogue.refetch(), roles.refetch()])}
      />
      <div className={classes.frame}>
        <div className={classes.tools}>
          <SearchField label="Szukaj uprawnienia" value={search} onChange={setSearch} />
        </div>
        {groups && roles.data ? (
          groups.length === 0 ? (
            <EmptyState title="Nic nie pasuje">Zmień szukane słowo.</EmptyState>
          ) : (
            <Matrix groups={groups} roles={roles.data} />
          )
        ) : (
          !catalogue.error && !roles.error && <Skeleton height={320} m="md" w="auto" />
        )}
      </div>
    </>
  );
}

function Matrix({ groups, roles }: { groups: readonly PermissionGroup[]; roles: readonly Schemas["RoleOut"][] }) {
  const held = new Map(roles.map((role) => [role.id, new Set(role.permissions)]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls the table sideways from here
    <section className={classes.scroll} aria-label="Role i uprawnienia, tabela do przewijania" tabIndex={0}>
      <table className={classes.table}>
        <caption>
          <VisuallyHidden>Role i ich uprawnienia</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col">Uprawnienie</th>
            {roles.map((role) => (
              <th key={role.id} scope="col">
                <TextLink to={`/accounts/roles/${role.id}`} size="sm">
                  {role.name}
                </TextLink>
              </th>
            ))}
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.module}>
            <tr className={classes.group}>
              <th scope="rowgroup">{group.label}</th>
              <td colSpan={roles.length} />
            </tr>
            {group.permissions.map((permission) => (
              <tr key={permission.name}>
                <th scope="row">
                  {permission.label}
                  <Text size="sm" c="dimmed" fw={400} className={classes.sentence}>
                    {permission.sentence}
                  </Text>
                </th>
                {roles.map((role) => (
                  <td key={role.id}>
                    {held.get(role.id)?.has(permission.name) && <IconCheck size={20} role="img" aria-label="tak" />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}
