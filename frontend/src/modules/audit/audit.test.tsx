import { screen, within } from "@testing-library/react";
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
  verb: "accounts.manage_roles",
  verb_label: "Zarządzanie rolami",
  target_type: "accounts.role",
  target_id: "r1",
  target_label: "Referent",
  before: { permissions: ["directory.view_units"] },
  after: { permissions: ["directory.view_units", "messaging.send_message"] },
  origin: "10.0.0.1",
};

const SERVER = {
  "GET /api/v1/accounts/session/": ADMINISTRATOR,
  "GET /api/v1/accounts/permissions/": CATALOGUE,
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
    "/audit/entries?actor=p1&actor_name=Anna&verb=directory.view_units&outcome=refused&since=2026-11-01&until=2026-11-30&search=x";
  const { asked } = renderAt(address, SERVER);
  await screen.findByRole("row", { name: /23.11.2026/ });
  const wanted = {
    actor: "p1",
    verb: "directory.view_units",
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

it("writes values as people do", () => {
  expect(told("is_active", true, LABELS)).toBe("tak");
  expect(told("valid_to", "2027-08-31", LABELS)).toBe("31.08.2027");
  expect(told("valid_to", null, LABELS)).toBe("brak");
  expect(told("permissions", ["directory.view_units", "x.y"], LABELS)).toBe("Przeglądanie jednostek, x.y");
  expect(told("scope_kind", "city", LABELS)).toBe("całe miasto");
  expect(told("name", "city", LABELS)).toBe("city");
  expect(told("export", { search: "nowak", is_active: "true", ordering: "sort_key" }, LABELS)).toBe(
    "szukano: nowak; konto czynne: tak",
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
  expect(changesOf(null, { viewed: true }, names)).toMatchObject([{ label: "obejrzano", after: "dane konta" }]);
  expect(changesOf(null, { viewed: "sesje" }, names)).toMatchObject([{ label: "obejrzano", after: "sesje" }]);
});

it("leaves out what neither was nor is, and keeps what was taken away", () => {
  expect(changesOf({ phone: "600" }, { phone: "", valid_to: null }, LABELS)).toEqual([
    { field: "phone", label: "telefon", before: "600", after: "brak" },
  ]);
});
