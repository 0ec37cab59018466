import { CLERK, page, type Server } from "@tests/render";
import type { Schemas } from "@/api/client";

/** The clerk with every right over accounts. */
export const ADMINISTRATOR = {
  ...CLERK,
  permissions: [
    ...CLERK.permissions,
    "accounts.manage_people",
    "accounts.manage_roles",
    "accounts.view_rights",
    "accounts.appoint_substitute",
    "accounts.make_tokens",
    "accounts.manage_sign_in",
    "audit.view_log",
  ],
} satisfies Schemas["SessionOut"];

export const KOWALSKI: Schemas["AccountDetailOut"] = {
  version: "v1",
  id: "p1",
  name: "Jan Kowalski",
  first_name: "Jan",
  last_name: "Kowalski",
  email: "kowalski@example.org",
  phone: "",
  is_active: true,
  closed_at: null,
  last_login: null,
  roles: [{ role: { id: "r1", name: "Dyrektor jednostki" }, scope_kind: "unit" }],
  homes: [{ kind: "unit", id: "u1", name: "SP 1" }],
  has_second_factor: false,
  factors: [],
  newest_factor_at: null,
  lost_factor_at: null,
  must_enrol: false,
  trouble: "",
  can: ["change", "close", "recover"],
};

export const ROLE: Schemas["RoleOut"] = {
  version: "v1",
  id: "r1",
  name: "Dyrektor jednostki",
  description: "Odpowiada w imieniu jednostki.",
  permissions: ["directory.view_units"],
  requires_mfa: false,
  holder_count: 119,
  proposed: [],
};

function right(name: string, label: string, sentence: string, is_own = false) {
  return { name, label, sentence, is_own };
}

export const CATALOGUE: Schemas["ModulePermissionsOut"][] = [
  {
    module: "directory",
    label: "Jednostki",
    permissions: [
      right("directory.view_units", "Przeglądanie jednostek", "Widzi katalog jednostek."),
      right("directory.change_units", "Zmienianie jednostek", "Dodaje i zamyka jednostki."),
    ],
  },
  {
    module: "messaging",
    label: "Wiadomości",
    permissions: [
      right("messaging.send_message", "Wysyłanie wiadomości", "Pisze i wysyła."),
      right("messaging.keep_own_inbox", "Własna skrzynka", "Czyta, co do niego przyszło.", true),
    ],
  },
];

export const ASSIGNMENT: Schemas["AssignmentOut"] = {
  version: "v1",
  id: "a1",
  person: { id: "p1", name: "Jan Kowalski", email: "kowalski@example.org" },
  role: { id: "r1", name: "Dyrektor jednostki" },
  scope: { kind: "unit", id: "u1", name: "SP 1" },
  valid_from: null,
  valid_to: "2027-08-31",
  is_in_force: true,
};

export const OWN: Schemas["OwnAccountOut"] = {
  version: "v1",
  id: "a0000000-0000-4000-8000-000000000001",
  first_name: "Anna",
  last_name: "Nowak",
  email: "anna@example.org",
  phone: "",
  has_password: true,
  must_enrol: false,
  factors: [],
  recovery_codes_left: 0,
};

/** What a head of one unit has in hand. */
export const ONE_UNIT: Schemas["PlacesInHandOut"] = {
  everywhere: false,
  places: [{ kind: "unit", id: "u1", name: "SP 1" }],
};

/** As it is offered where somebody is to get it. */
export const roleToGive = (
  { id, name, description }: Schemas["RoleOut"],
  needs_second_person = false,
): Schemas["RoleToGiveOut"] => ({ id, name, description, needs_second_person });

/** The city as its administrator sees it. */
export const CITY: Server = {
  "GET /api/v1/accounts/session/": ADMINISTRATOR,
  "GET /api/v1/accounts/people/": page([KOWALSKI]),
  "GET /api/v1/accounts/people/p1/": KOWALSKI,
  "GET /api/v1/accounts/joinings/": page([]),
  "GET /api/v1/accounts/motions/": page([]),
  "GET /api/v1/accounts/roles/": page([ROLE]),
  "GET /api/v1/accounts/roles/r1/": ROLE,
  "GET /api/v1/accounts/roles/to-give/": [roleToGive(ROLE)],
  "GET /api/v1/accounts/places-in-hand/": { everywhere: true, places: [] },
  "GET /api/v1/accounts/permissions/": CATALOGUE,
  "GET /api/v1/accounts/assignments/": page([ASSIGNMENT]),
  "GET /api/v1/accounts/scopes/": [
    { kind: "city", label: "całe miasto" },
    { kind: "unit", label: "jednostka" },
    { kind: "section", label: "referat" },
  ],
  "GET /api/v1/accounts/account/": OWN,
  "GET /api/v1/accounts/account/sessions/": [],
  "GET /api/v1/notifications/settings/": [],
  "GET /api/v1/accounts/substitutions/": page([]),
  "GET /api/v1/accounts/sign-in-ways/": [],
  "GET /api/v1/directory/units/": page([
    { id: "u1", short_name: "SP 1", name: "Szkoła Podstawowa nr 1", street: "", kind: { code: "sp", name: "Szkoła" } },
  ]),
  "GET /api/v1/directory/people/": page([{ id: "p2", name: "Łucja Żak", email: "zak@example.org", phone: "" }]),
};
