import { List, Text } from "@mantine/core";
import type { Schemas } from "@/api/client";
import { TextLink } from "@/ui/TextLink";
import { period } from "./period";

interface GroundsProps {
  grounds: readonly Schemas["GroundOut"][];
  /** Not everybody may look at roles. */
  linksToRoles: boolean;
}

/** The roles that give a right: the reason for it. */
export function Grounds({ grounds, linksToRoles }: GroundsProps) {
  return (
    <List size="sm" spacing={2} listStyleType="none">
      {grounds.map(({ id, role, scope, valid_from, valid_to }) => (
        <List.Item key={id}>
          {linksToRoles ? (
            <TextLink to={`/accounts/roles/${role.id}`} size="sm">
              {role.name}
            </TextLink>
          ) : (
            role.name
          )}{" "}
          <Text span size="sm" c="dimmed">
            {scope.name}, {period(valid_from, valid_to)}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}
