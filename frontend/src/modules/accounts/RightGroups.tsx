import { Text, Title } from "@mantine/core";
import { api, type Schemas } from "@/api/client";
import { Grounds } from "./Grounds";
import classes from "./Rows.module.css";

type Right = Schemas["RightOut"];

const moduleOf = ({ name }: Right["permission"]) => name.split(".", 1)[0];

/** Rights module by module, each with the roles that give it. */
export function RightGroups({ rights, linksToRoles }: { rights: readonly Right[]; linksToRoles: boolean }) {
  const catalogue = api.useQuery("get", "/api/v1/accounts/permissions/", {}, { staleTime: 300_000 });
  const groups = (catalogue.data ?? [])
    .map(({ module, label }) => ({ label, found: rights.filter(({ permission }) => moduleOf(permission) === module) }))
    .filter(({ found }) => found.length > 0);

  return groups.map(({ label, found }) => (
    <div key={label}>
      <Title order={3}>{label}</Title>
      <ul className={classes.list}>
        {found.map(({ permission, grounds }) => (
          <li key={permission.name} className={classes.row}>
            <div className={classes.what}>
              <Text fw={600}>{permission.label}</Text>
              <Text size="sm" c="dimmed">
                {permission.sentence}
              </Text>
            </div>
            <div className={classes.what}>
              <Grounds grounds={grounds} linksToRoles={linksToRoles} />
            </div>
          </li>
        ))}
      </ul>
    </div>
  ));
}
