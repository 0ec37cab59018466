import { screen, waitFor, within } from "@testing-library/react";
import { ADMINISTRATOR, CITY, ONE_UNIT } from "@tests/accounts";
import { bodiesOf } from "@tests/messaging";
import { json, page, problem, renderAt } from "@tests/render";
import { afterEach, expect, it } from "vitest";
import type { Schemas } from "@/api/client";

afterEach(() => sessionStorage.clear());

const JOINING: Schemas["JoiningOut"] = {
  id: "j1",
  name: "Ewa Nowa",
  email: "nowa@example.org",
  asker: "Maria Kierująca",
  role: { id: "r1", name: "Sekretariat" },
  scope: { kind: "unit", id: "u1", name: "SP 1" },
  position: "sekretarz",
  state: "waiting",
  created_at: "2026-11-30T10:00:00Z",
  expires_at: "2026-12-14T10:00:00Z",
  ended_at: null,
};

const HEAD = {
  ...ADMINISTRATOR,
  permissions: ["accounts.manage_unit_people"],
  units: [{ id: "u1", short_name: "SP 1" }],
};

it("tells a head who has not agreed yet, and takes a request back", async () => {
  let left = [JOINING];
  const { user } = renderAt("/accounts/people", {
    ...CITY,
    "GET /api/v1/accounts/session/": HEAD,
    "GET /api/v1/accounts/joinings/": () => page(left),
    "POST /api/v1/accounts/joinings/j1/withdraw/": () => {
      left = [];
      return json({ ...JOINING, state: "withdrawn" }, 200);
    },
  });
  const panel = within(await screen.findByRole("region", { name: "Czekają na zgodę" }));
  expect(panel.getByText("czeka na zgodę")).toBeVisible();
  expect(panel.getByText("nowa@example.org")).toBeVisible();
  await user.click(panel.getByRole("button", { name: "Wycofaj prośbę: Ewa Nowa" }));
  await waitFor(() => expect(screen.queryByRole("region", { name: "Czekają na zgodę" })).not.toBeInTheDocument());
});

it("leads a head whose invitation has to be agreed to back to the list", async () => {
  const { user, router } = renderAt("/accounts/people/new", {
    ...CITY,
    "GET /api/v1/accounts/session/": HEAD,
    "GET /api/v1/accounts/places-in-hand/": ONE_UNIT,
    "GET /api/v1/accounts/joinings/": page([JOINING]),
    "POST /api/v1/accounts/people/": json(JOINING, 202),
  });
  await user.type(await screen.findByRole("textbox", { name: /^Adres e-mail/ }), "nowa@example.org");
  await user.click(screen.getByRole("button", { name: "Wyślij zaproszenie" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/accounts/people"));
  expect(await screen.findByText("czeka na zgodę")).toBeVisible();
});

it.each([
  ["Zgadzam się", "agree", "agreed", "Zgoda zapisana"],
  ["Odmawiam", "decline", "declined", "Odmowa zapisana"],
  ["Zgadzam się", "agree", "void", "Prośba straciła ważność"],
] as const)("says who asks for what, and one press answers: %s, %s", async (press, deed, state, said) => {
  let now: Schemas["JoiningOut"] = JOINING;
  const { user } = renderAt("/accounts/joinings/j1", {
    ...CITY,
    "GET /api/v1/accounts/account/joinings/j1/": () => now,
    [`POST /api/v1/accounts/account/joinings/j1/${deed}/`]: () => {
      now = { ...JOINING, state };
      return json(now, 200);
    },
  });
  for (const fact of ["Maria Kierująca", "sekretarz", "Sekretariat", /^do 14\.12\.2026/]) {
    expect(await screen.findByText(fact)).toBeVisible();
  }
  await user.click(screen.getByRole("button", { name: press }));
  expect(await screen.findByText(said)).toBeVisible();
  expect(screen.queryByRole("button", { name: press })).not.toBeInTheDocument();
});

const LETTER = { ...JOINING, has_account: false };

it("opens an account for somebody new who agrees by the letter", async () => {
  const { user, asked, router } = renderAt("/joining#tajne", {
    ...CITY,
    "POST /api/v1/accounts/joinings/look/": json(LETTER, 200),
    "POST /api/v1/accounts/joinings/agree/": json({ ...JOINING, state: "agreed" }, 200),
    "POST /api/v1/accounts/session/": json(ADMINISTRATOR, 200),
  });
  await user.type(await screen.findByLabelText(/^Nowe hasło/), "koc-w-kratę-17");
  await user.click(screen.getByRole("button", { name: "Zgadzam się i ustawiam hasło" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/"));
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/joinings/agree/")).toEqual([
    { token: "tajne", password: "koc-w-kratę-17" },
  ]);
});

it("lets somebody new refuse without a password", async () => {
  const { user } = renderAt("/joining#tajne", {
    ...CITY,
    "POST /api/v1/accounts/joinings/look/": json(LETTER, 200),
    "POST /api/v1/accounts/joinings/decline/": json(null, 204),
  });
  await user.click(await screen.findByRole("button", { name: "Odmawiam" }));
  expect(await screen.findByText("Odmowa zapisana")).toBeVisible();
});

it("sends whoever has an account by now to sign in, and tells of a letter that has ended", async () => {
  renderAt("/joining#tajne", {
    ...CITY,
    "POST /api/v1/accounts/joinings/look/": json({ ...LETTER, has_account: true }, 200),
  });
  expect(await screen.findByRole("link", { name: "Zaloguj się" })).toBeVisible();
  renderAt("/joining#stare", {
    ...CITY,
    "POST /api/v1/accounts/joinings/look/": problem(422, "Ten odnośnik już nie działa."),
  });
  expect(await screen.findByText("Ten odnośnik już nie działa.")).toBeVisible();
});
