import { screen, waitFor, within } from "@testing-library/react";
import { ADMINISTRATOR, ASSIGNMENT, CATALOGUE, CITY, KOWALSKI, ONE_UNIT, ROLE } from "@tests/accounts";
import { bodiesOf } from "@tests/messaging";
import { json, page, problem, renderAt } from "@tests/render";
import { afterEach, expect, it } from "vitest";
import { codeFrom } from "./FunctionEdit";
import { period, today } from "./period";
import { matching } from "./permissionSearch";

afterEach(() => sessionStorage.clear());

it("finds permissions by words of their label, sentence or module, without Polish tails", () => {
  const names = (search: string) =>
    matching(CATALOGUE, search).flatMap(({ permissions }) => permissions.map(({ name }) => name));
  expect(names("zamyka")).toEqual(["directory.change_units"]);
  expect(names("wiadomosci WYSYLANIE")).toEqual(["messaging.send_message"]);
  expect(names("")).toHaveLength(4);
  expect(names("budżet")).toEqual([]);
});

it("offers to a role nothing that everybody has for what is their own", async () => {
  renderAt("/accounts/roles/new", CITY);
  expect(await screen.findByRole("checkbox", { name: "Wysyłanie wiadomości" })).toBeVisible();
  expect(screen.queryByRole("checkbox", { name: "Własna skrzynka" })).not.toBeInTheDocument();
});

it("tells a period in words", () => {
  expect(period(null, null)).toBe("bezterminowo");
  expect(period("2026-09-01", null)).toBe("od 01.09.2026");
  expect(period("2026-09-01", "2027-08-31")).toBe("od 01.09.2026 do 31.08.2027");
  expect(today(new Date("2026-11-23T23:30:00Z"))).toBe("2026-11-24");
  expect(codeFrom("Zatwierdza wnioski (żłobki)")).toBe("zatwierdza-wnioski-zlobki");
});

it("saves a role with the permissions that are ticked, also those that the search hides", async () => {
  const { user, asked, router } = renderAt("/accounts/roles/r1", {
    ...CITY,
    "PATCH /api/v1/accounts/roles/r1/": ROLE,
  });
  await user.type(await screen.findByRole("searchbox", { name: "Szukaj uprawnienia" }), "wysyłanie");
  await waitFor(() =>
    expect(screen.queryByRole("checkbox", { name: "Przeglądanie jednostek" })).not.toBeInTheDocument(),
  );
  await user.click(screen.getByRole("checkbox", { name: "Wysyłanie wiadomości" }));
  await user.click(screen.getByRole("checkbox", { name: "Wymaga drugiego składnika" }));
  expect(screen.getByText("Zaznaczono: 2 uprawnienia")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Zapisz" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/accounts/roles"));
  expect(await bodiesOf(asked, "PATCH", "/api/v1/accounts/roles/r1/")).toEqual([
    {
      name: "Dyrektor jednostki",
      description: "Odpowiada w imieniu jednostki.",
      permissions: ["directory.view_units", "messaging.send_message"],
      requires_mfa: true,
    },
  ]);
});

it("asks the administrator about rights that a new edition proposes for a changed role, and sends the answer", async () => {
  const { user, asked } = renderAt("/accounts/roles/r1", {
    ...CITY,
    "GET /api/v1/accounts/roles/r1/": { ...ROLE, proposed: ["messaging.send_message"] },
    "POST /api/v1/accounts/roles/r1/answer-offer/": ROLE,
  });
  const question = await screen.findByRole("alert", { name: "Nowe wydanie proponuje tej roli uprawnienia" });
  expect(within(question).getByRole("listitem")).toHaveTextContent("Wysyłanie wiadomości: Pisze i wysyła.");
  await user.click(within(question).getByRole("button", { name: "Nie dodawaj" }));
  await waitFor(async () =>
    expect(await bodiesOf(asked, "POST", "/api/v1/accounts/roles/r1/answer-offer/")).toEqual([{ accept: false }]),
  );
});

it("copies a role under another name", async () => {
  const { user, asked } = renderAt("/accounts/roles/new?copy=r1", {
    ...CITY,
    "POST /api/v1/accounts/roles/": json(ROLE, 201),
  });
  expect(await screen.findByRole("textbox", { name: /^Nazwa/ })).toHaveValue("Dyrektor jednostki (kopia)");
  await user.click(screen.getByRole("button", { name: "Zapisz" }));
  await waitFor(async () =>
    expect(await bodiesOf(asked, "POST", "/api/v1/accounts/roles/")).toEqual([
      {
        name: "Dyrektor jednostki (kopia)",
        description: "Odpowiada w imieniu jednostki.",
        permissions: ["directory.view_units"],
        requires_mfa: false,
      },
    ]),
  );
});

it("says why a role that is held cannot be deleted", async () => {
  const { user, router } = renderAt("/accounts/roles/r1", {
    ...CITY,
    "DELETE /api/v1/accounts/roles/r1/": problem(
      409,
      "Rola „Dyrektor jednostki” jest nadana (119).",
      [],
      "role_in_use",
    ),
  });
  await user.click(await screen.findByRole("button", { name: "Usuń rolę" }));
  const dialog = within(await screen.findByRole("dialog"));
  await user.click(dialog.getByRole("button", { name: "Usuń rolę" }));
  expect(await dialog.findByText("Rola „Dyrektor jednostki” jest nadana (119).")).toBeVisible();
  expect(router.state.location.pathname).toBe("/accounts/roles/r1");
});

it("lets those who only check rights look at a role and change nothing", async () => {
  renderAt("/accounts/roles/r1", {
    ...CITY,
    "GET /api/v1/accounts/session/": { ...ADMINISTRATOR, permissions: ["accounts.view_rights"] },
  });
  expect(await screen.findByRole("checkbox", { name: "Przeglądanie jednostek" })).toBeDisabled();
  expect(screen.queryByRole("button", { name: "Zapisz" })).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Usuń rolę" })).not.toBeInTheDocument();
});

it("compares roles permission by permission", async () => {
  renderAt("/accounts/roles/matrix", CITY);
  const table = within(await screen.findByRole("table", { name: "Role i ich uprawnienia" }));
  const seen = table.getByRole("row", { name: /Przeglądanie jednostek/ });
  expect(within(seen).getByRole("img", { name: "tak" })).toBeVisible();
  const unseen = table.getByRole("row", { name: /Wysyłanie wiadomości/ });
  expect(within(unseen).queryByRole("img")).not.toBeInTheDocument();
});

it("narrows the roles given to one person, and exports what it shows", async () => {
  const { asked } = renderAt("/accounts/assignments?person=p1&person_name=Jan%20Kowalski&in_force=true", CITY);
  await screen.findByRole("link", { name: "Jan Kowalski" });
  expect(screen.getByRole("combobox", { name: "Osoba" })).toHaveValue("Jan Kowalski");
  const list = asked.find(({ url }) => new URL(url).pathname === "/api/v1/accounts/assignments/");
  expect(Object.fromEntries(new URL(list?.url ?? "").searchParams)).toMatchObject({ person: "p1", in_force: "true" });
  expect(screen.getByRole("link", { name: "Pobierz xlsx" })).toHaveAttribute(
    "href",
    "/api/v1/accounts/assignments/export/?ordering=person__sort_key&person=p1&in_force=true",
  );
});

it("exports the list of roles", async () => {
  renderAt("/accounts/roles", CITY);
  expect(await screen.findByRole("link", { name: "Pobierz xlsx" })).toHaveAttribute(
    "href",
    "/api/v1/accounts/roles/export/?ordering=sort_key",
  );
});

it("gives no role in the whole city to whoever did not choose a place, and warns whoever did", async () => {
  const nowhere = { field: "scope.kind", detail: "Wskaż, gdzie rola ma działać." };
  const { user, asked } = renderAt("/accounts/assignments/new?person=p1&name=Jan%20Kowalski&role=r1", {
    ...CITY,
    "POST /api/v1/accounts/assignments/": problem(422, "Popraw wskazane pola.", [nowhere]),
  });
  await screen.findByRole("option", { name: "Całe miasto" });
  await user.click(screen.getByRole("button", { name: "Nadaj rolę" }));
  expect((await screen.findAllByText(/Wskaż, gdzie rola ma działać\./))[0]).toBeVisible();
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/assignments/")).toMatchObject([
    { scope: { kind: "", id: null } },
  ]);
  await user.selectOptions(screen.getByRole("combobox", { name: "Gdzie rola działa" }), "city");
  expect(screen.getByText("Rola w całym mieście")).toBeVisible();
});

it("gives a role in a unit until a day, and shows the server's refusal", async () => {
  const { user, asked } = renderAt("/accounts/assignments/new?person=p1&name=Jan%20Kowalski", {
    ...CITY,
    "POST /api/v1/accounts/assignments/": problem(403, "Nie możesz nadać roli „Dyrektor jednostki” w tym zakresie."),
  });
  await screen.findByRole("option", { name: "Jednostka" });
  expect(screen.getByText(/^Najpierw wskaż miejsce/)).toBeVisible();
  await user.selectOptions(screen.getByRole("combobox", { name: "Gdzie rola działa" }), "unit");
  await user.click(await screen.findByPlaceholderText("Wpisz część nazwy"));
  await user.click(await screen.findByRole("option", { name: /^SP 1/, hidden: true }));
  await screen.findByRole("option", { name: "Dyrektor jednostki" });
  await user.selectOptions(screen.getByRole("combobox", { name: /^Rola/ }), "r1");
  const offered = asked.find(({ url }) => url.includes("/roles/to-give/"));
  expect(new URL(offered?.url ?? "").search).toBe("?kind=unit&is_inviting=false&id=u1");
  await user.type(screen.getByRole("textbox", { name: "Działa do (włącznie)" }), "31.08.2027");
  await user.tab();
  await user.click(screen.getByRole("button", { name: "Nadaj rolę" }));
  expect(await screen.findByText("Nie możesz nadać roli „Dyrektor jednostki” w tym zakresie.")).toBeVisible();
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/assignments/")).toEqual([
    { person: "p1", role: "r1", scope: { kind: "unit", id: "u1" }, valid_from: null, valid_to: "2027-08-31" },
  ]);
});

it("offers a head what can be given in the own unit alone, and says so where that is nothing", async () => {
  renderAt("/accounts/assignments/new?person=p1&name=Jan%20Kowalski", {
    ...CITY,
    "GET /api/v1/accounts/session/": {
      ...ADMINISTRATOR,
      permissions: ["accounts.manage_unit_people"],
      units: [],
    },
    "GET /api/v1/accounts/places-in-hand/": ONE_UNIT,
    "GET /api/v1/accounts/roles/to-give/": [],
  });
  expect(await screen.findByText("W tym miejscu nie możesz nadać żadnej roli.")).toBeVisible();
  expect(screen.queryByRole("option", { name: "Dyrektor jednostki" })).not.toBeInTheDocument();
});

it("sends no role that cannot be given in the place", async () => {
  const { user, asked } = renderAt("/accounts/assignments/new?person=p1&name=Jan%20Kowalski&role=r9", CITY);
  await screen.findByRole("option", { name: "Całe miasto" });
  await user.selectOptions(screen.getByRole("combobox", { name: "Gdzie rola działa" }), "city");
  await screen.findByRole("option", { name: "Dyrektor jednostki" });
  await user.click(screen.getByRole("button", { name: "Nadaj rolę" }));
  expect(await screen.findByText("Tej roli nie możesz tam nadać. Wybierz inną.")).toBeVisible();
  expect(asked.some(({ method }) => method === "POST")).toBe(false);
});

it("takes a role away only after a question", async () => {
  const { user, asked } = renderAt("/accounts/assignments", {
    ...CITY,
    "DELETE /api/v1/accounts/assignments/a1/": () => json(null, 204),
  });
  await user.click(await screen.findByRole("button", { name: "Odbierz: Dyrektor jednostki, SP 1, Jan Kowalski" }));
  expect(asked.some(({ method }) => method === "DELETE")).toBe(false);
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Odbierz rolę" }));
  await waitFor(() => expect(asked.some(({ method }) => method === "DELETE")).toBe(true));
});

it("answers what a person may do, and which role gives it", async () => {
  const { id, role, scope, valid_from, valid_to } = ASSIGNMENT;
  renderAt("/accounts/rights?person=p1", {
    ...CITY,
    "GET /api/v1/accounts/people/p1/rights/": [
      { permission: CATALOGUE[0]?.permissions[0], grounds: [{ id, role, scope, valid_from, valid_to }] },
    ],
  });
  const answer = within(await screen.findByRole("region", { name: KOWALSKI.name }));
  expect(answer.getByText("Dziś 1 uprawnienie.")).toBeVisible();
  expect(await answer.findByText("Przeglądanie jednostek")).toBeVisible();
  expect(answer.getByRole("link", { name: "Dyrektor jednostki" })).toBeVisible();
  expect(answer.getByText("SP 1, do 31.08.2027")).toBeVisible();
});

it("answers who may do something to a place, and asks nothing before the place is named", async () => {
  const { person, id, role, scope, valid_from, valid_to } = ASSIGNMENT;
  const { user, asked } = renderAt("/accounts/rights?ask=deed&permission=directory.view_units&scope_kind=unit", {
    ...CITY,
    "GET /api/v1/accounts/who-may/": [{ person, grounds: [{ id, role, scope, valid_from, valid_to }] }],
  });
  const isAsked = () => asked.find(({ url }) => new URL(url).pathname === "/api/v1/accounts/who-may/");
  await user.click(await screen.findByLabelText(/^Jednostka/, { selector: "input" }));
  expect(isAsked()).toBeUndefined();
  await user.click(await screen.findByRole("option", { name: /^SP 1/, hidden: true }));
  const answer = within(await screen.findByRole("region", { name: "Przeglądanie jednostek" }));
  expect(answer.getByText("Może to zrobić 1 osoba.")).toBeVisible();
  expect(new URL(isAsked()?.url ?? "").search).toBe("?permission=directory.view_units&scope_kind=unit&scope_id=u1");
});

it("shows who plays a function and gives it to everybody with a role in the whole city", async () => {
  const fn = { id: "f1", code: "zatwierdza", name: "Zatwierdza wnioski", description: "", holders: [] };
  const { user, asked } = renderAt("/accounts/functions/f1", {
    ...CITY,
    "GET /api/v1/accounts/functions/f1/": fn,
    "GET /api/v1/accounts/functions/f1/acting/": [
      {
        person: { id: "p2", name: "Łucja Żak", email: "" },
        in_place_of: { id: "p1", name: "Jan Kowalski", email: "" },
      },
    ],
    "POST /api/v1/accounts/functions/f1/holders/": json(fn, 201),
  });
  expect(await screen.findByText("w zastępstwie: Jan Kowalski")).toBeVisible();
  await user.click(screen.getByRole("radio", { name: "Każdy z rolą" }));
  await screen.findByRole("option", { name: "Dyrektor jednostki" });
  await user.selectOptions(screen.getByRole("combobox", { name: "Rola" }), "r1");
  await user.click(screen.getByRole("button", { name: "Powierz funkcję" }));
  await waitFor(async () =>
    expect(await bodiesOf(asked, "POST", "/api/v1/accounts/functions/f1/holders/")).toEqual([
      { role: "r1", scope: { kind: "city", id: null } },
    ]),
  );
});

it("tells at each field of a substitution what the server lacks", async () => {
  const lacking = [
    { field: "substitute", detail: "Wskaż, kto zastąpi." },
    { field: "starts_on", detail: "Podaj pierwszy dzień nieobecności." },
  ];
  const { user } = renderAt("/accounts/substitutions/new", {
    ...CITY,
    "POST /api/v1/accounts/substitutions/": problem(422, "Popraw wskazane pola.", lacking),
  });
  await user.click(await screen.findByRole("button", { name: "Zapisz zastępstwo" }));
  expect(await screen.findByText("Wskaż, kto zastąpi.")).toBeVisible();
  expect(screen.getByRole("link", { name: "Podaj pierwszy dzień nieobecności." })).toBeVisible();
  expect(screen.getByRole("alert")).toHaveFocus();
});

it("lists no past substitutions unless asked to", async () => {
  const { asked } = renderAt("/accounts/substitutions", { ...CITY, "GET /api/v1/accounts/substitutions/": page([]) });
  expect(await screen.findByText("Nikogo nikt teraz nie zastępuje")).toBeVisible();
  const list = asked.find(({ url }) => new URL(url).pathname === "/api/v1/accounts/substitutions/");
  expect(new URL(list?.url ?? "").searchParams.get("ends_after")).toBe(today());
});
