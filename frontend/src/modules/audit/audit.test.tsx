import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { ADMINISTRATOR, CATALOGUE } from "@tests/accounts";
import { page, renderAt } from "@tests/render";
import { expect, it } from "vitest";
import type { Schemas } from "@/api/client";
import { changesOf, told } from "./telling";

const ENTRY: Schemas["LogEntryOut"] = {
  id: 5,
  at: "2026-11-23T10:00:00Z",
  actor_id: "p1",
  actor_name: "Anna Nowak",
  in_place_of_name: "Jan Kowalski",
  outcome: "refused",
  deed: "accounts.change_role",
  deed_label: "Zmiana roli",
  right: "accounts.manage_roles",
  right_label: "Zarządzanie rolami",
  target_type: "accounts.role",
  target_id: "r1",
  target_label: "Referent",
  before: { permissions: ["directory.view_units"] },
  after: { permissions: ["directory.view_units", "messaging.send_message"] },
  origin: "10.0.0.1",
};

const DEEDS: Schemas["DeedsOfModuleOut"][] = [
  { module: "accounts", name: "Konta i uprawnienia", deeds: [{ deed: "accounts.change_role", name: "Zmiana roli" }] },
  {
    module: "messaging",
    name: "Wiadomości",
    deeds: [
      { deed: "messaging.write_draft", name: "Napisanie szkicu wiadomości" },
      { deed: "messaging.send_message", name: "Wysłanie wiadomości" },
    ],
  },
];

const SERVER = {
  "GET /api/v1/accounts/session/": ADMINISTRATOR,
  "GET /api/v1/accounts/permissions/": CATALOGUE,
  "GET /api/v1/audit/deeds/": DEEDS,
  "GET /api/v1/audit/entries/": page([ENTRY]),
};

const LABELS = new Map([["directory.view_units", "Przeglądanie jednostek"]]);

it("tells who did what in whose place, and what came to a list", async () => {
  renderAt("/audit/entries", SERVER);
  const row = within(await screen.findByRole("row", { name: /23.11.2026, 11:00/ }));
  expect(row.getByText("w zastępstwie: Jan Kowalski")).toBeVisible();
  expect(row.getByText("odmówiono")).toBeVisible();
  expect(row.getByText("rola")).toBeVisible();
  expect(await row.findByText("Wysyłanie wiadomości")).toBeVisible();
  expect(row.queryByText(/Przeglądanie jednostek/)).not.toBeInTheDocument();
});

it("asks for and exports exactly what the filters in the address say", async () => {
  const address =
    "/audit/entries?actor=p1&actor_name=Anna&deed=messaging.send_message&right=directory.view_units&outcome=refused&since=2026-11-01&until=2026-11-30&search=x";
  const { asked } = renderAt(address, SERVER);
  await screen.findByRole("row", { name: /23.11.2026/ });
  const wanted = {
    actor: "p1",
    deed: "messaging.send_message",
    right: "directory.view_units",
    outcome: "refused",
    since: "2026-11-01",
    until: "2026-11-30",
    search: "x",
  };
  const list = asked.find(({ url }) => new URL(url).pathname === "/api/v1/audit/entries/");
  expect(Object.fromEntries(new URL(list?.url ?? "").searchParams)).toMatchObject(wanted);
  for (const [name, format] of [
    ["Pobierz CSV", "csv"],
    ["Pobierz xlsx", "xlsx"],
  ] as const) {
    const link = screen.getByRole("link", { name }).getAttribute("href") ?? "";
    const query = Object.fromEntries(new URL(link, "http://x").searchParams);
    expect(query).toEqual({ ...wanted, ordering: "-at", as: format });
  }
});

it("tells what was done, by which right, and finds it by the words of the deed", async () => {
  const { asked } = renderAt("/audit/entries", SERVER);
  const row = within(await screen.findByRole("row", { name: /23.11.2026, 11:00/ }));
  expect(row.getByText(/^Zmiana roli/)).toBeVisible();
  expect(row.getByText("na podstawie: Zarządzanie rolami")).toBeVisible();

  await userEvent.click(screen.getByRole("button", { name: /Filtry/ }));
  await userEvent.click(screen.getByRole("combobox", { name: "Czynność" }));
  await userEvent.type(screen.getByRole("combobox", { name: "Czynność" }), "wyslanie");
  await userEvent.click(await screen.findByRole("option", { name: "Wysłanie wiadomości", hidden: true }));
  await waitFor(() =>
    expect(asked.some(({ url }) => new URL(url).searchParams.get("deed") === "messaging.send_message")).toBe(true),
  );
});

it("tells of a refusal before any deed by the right that was missing", async () => {
  const refused = { ...ENTRY, deed: "", deed_label: "" };
  renderAt("/audit/entries", { ...SERVER, "GET /api/v1/audit/entries/": page([refused]) });
  const row = within(await screen.findByRole("row", { name: /23.11.2026, 11:00/ }));
  expect(row.getByText(/^Zarządzanie rolami/)).toBeVisible();
  expect(row.queryByText(/na podstawie/)).not.toBeInTheDocument();
});

it("writes values as people do", () => {
  expect(told("is_active", true, LABELS)).toBe("tak");
  expect(told("valid_to", "2027-08-31", LABELS)).toBe("31.08.2027");
  expect(told("valid_to", null, LABELS)).toBe("brak");
  expect(told("permissions", ["directory.view_units", "x.y"], LABELS)).toBe("Przeglądanie jednostek, x.y");
  expect(told("scope_kind", "city", LABELS)).toBe("całe miasto");
  expect(told("name", "city", LABELS)).toBe("city");
  expect(told("mode", "stack", LABELS)).toBe("wiersz pod wierszem");
  expect(told("verdict", "return", LABELS)).toBe("zwrócono");
  expect(told("export", { search: "nowak", is_active: "true", ordering: "sort_key" }, LABELS)).toBe(
    "szukano: nowak; czynne: tak",
  );
  expect(told("export", { ordering: "sort_key" }, LABELS)).toBe("całość");
});

it("tells units by their names, people by a way to their accounts, and no number beside a name", () => {
  const unit = "01a2094a-c29e-7fa9-b2ce-ca1f8d5d6599";
  const person = "01a2094a-c29e-7fa9-b2ce-ca1f8d5d0001";
  const names = new Map([[unit, "SP 7"]]);
  expect(changesOf(null, { scope_id: unit, scope_kind: "unit", person }, names)).toMatchObject([
    { label: "osoba", person },
    { label: "gdzie", after: "jednostka" },
    { label: "miejsce", after: "SP 7" },
  ]);
  const named = { person: "Jan Baran", person_id: person, scope: "SP 7", scope_id: unit, scope_kind: "unit" };
  expect(changesOf(null, named, names)).toEqual([
    { field: "person", label: "osoba", before: null, after: "Jan Baran" },
    { field: "scope", label: "gdzie", before: null, after: "SP 7" },
  ]);
  expect(changesOf(null, { viewed: true }, names)).toEqual([]);
  expect(changesOf(null, { viewed: "sesje" }, names)).toMatchObject([{ label: "obejrzano", after: "sesje" }]);
});

it("leaves out what neither was nor is, and keeps what was taken away", () => {
  expect(changesOf({ phone: "600" }, { phone: "", valid_to: null }, LABELS)).toEqual([
    { field: "phone", label: "telefon", before: "600", after: "brak" },
  ]);
});
