import { screen, waitFor } from "@testing-library/react";
import { ADMINISTRATOR, CITY, KOWALSKI, ROLE, roleToGive } from "@tests/accounts";
import { bodiesOf } from "@tests/messaging";
import { json, page, renderAt } from "@tests/render";
import { afterEach, expect, it } from "vitest";
import type { Schemas } from "@/api/client";

afterEach(() => sessionStorage.clear());

const MOTION: Schemas["MotionDetailOut"] = {
  id: "m1",
  kind: "administrator",
  title: "Rola „Zarządca” w całym mieście: Jan Kowalski",
  proposer: { id: "x1", name: "Ewa Pierwsza", email: "ewa@example.org" },
  person: { id: "p1", name: "Jan Kowalski", email: "kowalski@example.org" },
  role: { id: "r2", name: "Zarządca" },
  valid_from: null,
  valid_to: null,
  provider_code: "",
  address: "",
  state: "waiting",
  created_at: "2026-11-30T10:00:00Z",
  expires_at: "2026-12-14T10:00:00Z",
  ended_at: null,
  decided_by: null,
  obstacle: "",
  provider: {},
  has_second_person: true,
};

const STEWARD = { ...ROLE, id: "r2", name: "Zarządca", permissions: ["accounts.manage_roles"] };

it("proposes an administrator instead of making one", async () => {
  const { user, asked, router } = renderAt("/accounts/assignments/new?person=p1&name=Jan%20Kowalski&role=r2", {
    ...CITY,
    "GET /api/v1/accounts/roles/to-give/": [roleToGive(STEWARD, true)],
    "POST /api/v1/accounts/motions/": json(MOTION, 201),
    "GET /api/v1/accounts/motions/m1/": MOTION,
  });
  await screen.findByRole("option", { name: "Całe miasto" });
  await user.selectOptions(screen.getByRole("combobox", { name: /^Gdzie rola działa/ }), "city");
  expect(await screen.findByText("Potrzebna jest druga osoba")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Zaproponuj drugiej osobie" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/accounts/motions/m1"));
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/motions/")).toEqual([
    { person: KOWALSKI.id, role: "r2", valid_from: null, valid_to: null },
  ]);
});

it.each([
  ["Potwierdzam", "confirm", "confirmed", "potwierdzono"],
  ["Odmawiam", "refuse", "refused", "odmówiono"],
] as const)("lets the second person decide: %s", async (press, deed, state, said) => {
  let now = MOTION;
  const { user } = renderAt("/accounts/motions/m1", {
    ...CITY,
    "GET /api/v1/accounts/motions/m1/": () => now,
    [`POST /api/v1/accounts/motions/m1/${deed}/`]: () => {
      now = { ...MOTION, state };
      return json(now, 200);
    },
  });
  expect(await screen.findByText("Ewa Pierwsza")).toBeVisible();
  await user.click(screen.getByRole("button", { name: press }));
  expect(await screen.findByText(said)).toBeVisible();
  expect(screen.queryByRole("button", { name: press })).not.toBeInTheDocument();
});

it("tells the second person to ask the one concerned, and the new address", async () => {
  renderAt("/accounts/motions/m1", {
    ...CITY,
    "GET /api/v1/accounts/motions/m1/": {
      ...MOTION,
      kind: "address",
      title: "Nowy adres do logowania nowy@example.org: Jan Kowalski",
      address: "nowy@example.org",
      role: null,
    },
  });
  expect(await screen.findByText("nowy@example.org")).toBeVisible();
  expect(screen.getByText(/^Zanim potwierdzisz, zadzwoń pod znany numer/)).toBeVisible();
});

it("tells the proposer whose turn it is, where nobody is there to confirm, and takes it back", async () => {
  const own = {
    ...MOTION,
    proposer: { id: ADMINISTRATOR.person?.id ?? "", name: "Anna Nowak", email: "anna@example.org" },
    obstacle: "Potwierdza druga osoba, nie ta, która to proponuje.",
    has_second_person: false,
  };
  let now: Schemas["MotionDetailOut"] = own;
  const { user } = renderAt("/accounts/motions/m1", {
    ...CITY,
    "GET /api/v1/accounts/motions/m1/": () => now,
    "POST /api/v1/accounts/motions/m1/withdraw/": () => {
      now = { ...own, state: "withdrawn" };
      return json(now, 200);
    },
  });
  expect(await screen.findByText("W mieście nie ma drugiej osoby")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Potwierdzam" })).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Wycofaj" }));
  expect(await screen.findByText("wycofano")).toBeVisible();
});

it("shows beside the providers which of them waits", async () => {
  const provider: Schemas["ProviderOut"] = {
    id: 1,
    code: "urzad",
    name: "Urząd",
    server_url: "https://urzad.example.org",
    client_id: "opium",
    trusts_addresses: false,
    callback_path: "/x/",
    waits: true,
    version: "v1",
  };
  renderAt("/accounts/sign-in", {
    ...CITY,
    "GET /api/v1/accounts/providers/": page([provider]),
    "GET /api/v1/accounts/sign-in-rules/": { lost_factor: "administrator", tells_new_devices: true, version: "v" },
    "GET /api/v1/accounts/motions/": page([{ ...MOTION, kind: "provider", title: "Sposób logowania „urzad”" }]),
  });
  expect(await screen.findByRole("link", { name: "Sposób logowania „urzad”" })).toHaveAttribute(
    "href",
    "/accounts/motions/m1",
  );
  expect(screen.getAllByText("czeka na drugą osobę").length).toBe(2);
});
