import type { Schemas } from "@/api/client";
import { folded } from "@/ui/polish";

export type PermissionGroup = Schemas["ModulePermissionsOut"];

/** The groups with what a role can give: everybody has the rest for what is their own. */
export const ofRoles = (groups: readonly PermissionGroup[]): PermissionGroup[] =>
  groups
    .map((group) => ({ ...group, permissions: group.permissions.filter(({ is_own }) => !is_own) }))
    .filter(({ permissions }) => permissions.length > 0);

/** The groups with those permissions whose label or sentence, or whose module, has every word; groups without any go. */
export function matching(groups: readonly PermissionGroup[], search: string): PermissionGroup[] {
  const words = folded(search).split(/\s+/).filter(Boolean);
  return groups
    .map((group) => ({
      ...group,
      permissions: group.permissions.filter(({ label, sentence }) => {
        const text = folded(`${group.label} ${label} ${sentence}`);
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ permissions }) => permissions.length > 0);
}
