/** Every right that lets somebody see the list of accounts. */
export const SEES_PEOPLE = [
  "accounts.manage_people",
  "accounts.manage_unit_people",
  "accounts.manage_roles",
  "accounts.view_rights",
] as const;

export const INVITES = ["accounts.manage_people", "accounts.manage_unit_people"] as const;

export const SEES_RIGHTS = ["accounts.manage_roles", "accounts.view_rights"] as const;

/** Who may give a role somewhere: anywhere, or in the own unit. */
export const GIVES_ROLES = ["accounts.manage_roles", "accounts.manage_unit_people"] as const;
