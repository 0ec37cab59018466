import { screen, waitFor, within } from "@testing-library/react";
import { json, page, problem, renderAt, type Server } from "@tests/render";
import { expect, it } from "vitest";

const PRIMARY = { code: "sp", name: "Szkoła podstawowa" };
const SECONDARY = { code: "lo", name: "Liceum ogólnokształcące" };

const unit = (id: string, short_name: string, kind = PRIMARY) => ({
  ...{
    id,
    short_name,
    name: `${kind.name} ${short_name}`,
    kind,
    street: "ul. Długa 1",
    postal_code: "85-001",
    city: "Bydgoszcz",
  },
  ...{
    phone: "52 123 45 67",
    email: `${id}@example.org`,
    website: "",
    edoreczenia: "",
    nip: "",
    regon: "",
    opened_on: null,
    is_open: true,
    rspo_numbers: ["1001"],
    closed_on: null,
  },
});

const UNITS = [unit("u1", "SP 1"), unit("u2", "SP 2"), unit("u3", "I LO", SECONDARY)];
const DETAIL = {
  ...unit("u1", "SP 1"),
  entries: [
    {
      rspo: "1001",
      name: "Szkoła Podstawowa nr 1",
      type: "Szkoła podstawowa",
      status: "",
      closed_on: null,
      is_main: true,
    },
  ],
  people: [{ id: "p1", name: "Łucja Żak", email: "zak@example.org", phone: "", position: "dyrektor" }],
  can: ["change", "change_contact", "close"],
};

const SERVER: Server = {
  "GET /api/v1/directory/units/": page(UNITS),
  "GET /api/v1/directory/units/u1/": DETAIL,
  "GET /api/v1/directory/kinds/": [
    { ...PRIMARY, also_called: [], units: 2 },
    { ...SECONDARY, also_called: [], units: 1 },
  ],
  "GET /api/v1/directory/people/": page([{ id: "p1", name: "Łucja Żak", email: "zak@example.org", phone: "" }]),
};

it("lists open units and asks the server for the chosen kind and state", async () => {
  const { user, asked } = renderAt("/directory/units", SERVER);
  await screen.findByRole("link", { name: "I LO" });
  await user.selectOptions(await screen.findByRole("combobox", { name: "Rodzaj" }), "Liceum ogólnokształcące (1)");
  await user.selectOptions(screen.getByRole("combobox", { name: "Stan" }), "zamknięte");

  const queries = () =>
    asked.map(({ url }) => new URL(url)).filter(({ pathname }) => pathname === "/api/v1/directory/units/");
  await waitFor(() => expect(queries().at(-1)?.searchParams.get("is_open")).toBe("false"));
  expect(queries()[0]?.searchParams.get("is_open")).toBe("true");
  expect(queries().at(-1)?.searchParams.get("kind")).toBe("lo");
});

it("exports the list as it is filtered", async () => {
  renderAt("/directory/units?kind=lo&search=długa&page=2&state=all", SERVER);
  expect(await screen.findByRole("link", { name: "Pobierz xlsx" })).toHaveAttribute(
    "href",
    "/api/v1/directory/units/export/?search=d%C5%82uga&ordering=short_name&kind=lo",
  );
});

it("shows how to reach a unit, its people and its entries in the register", async () => {
  renderAt("/directory/units/u1", SERVER);
  expect(await screen.findByRole("link", { name: "u1@example.org" })).toHaveAttribute("href", "mailto:u1@example.org");
  expect(screen.getByRole("link", { name: "52 123 45 67" })).toHaveAttribute("href", "tel:521234567");
  expect(screen.getByText("Łucja Żak")).toBeVisible();
  expect(screen.getByText("1001")).toBeVisible();
});

it("offers the change of a unit's data only to those who may change it", async () => {
  renderAt("/directory/units/u1", { ...SERVER, "GET /api/v1/directory/units/u1/": { ...DETAIL, can: [] } });
  await screen.findByText("Łucja Żak");
  expect(screen.queryByRole("link", { name: "Zmień dane" })).not.toBeInTheDocument();
});

it("points at the field that the server refused, and keeps what was typed", async () => {
  const { user } = renderAt("/directory/units/u1/edit", {
    ...SERVER,
    "PATCH /api/v1/directory/units/u1/": () =>
      problem(400, "Popraw wskazane pola.", [{ field: "email", detail: "Podaj poprawny adres e-mail." }]),
  });
  const field = await screen.findByRole("textbox", { name: "E-mail" });
  await user.clear(field);
  await user.type(field, "bez-malpy");
  await user.click(screen.getByRole("button", { name: "Zapisz" }));

  const summary = await screen.findByRole("alert");
  expect(summary).toHaveFocus();
  expect(field).toBeInvalid();
  await user.click(within(summary).getByRole("link", { name: "Podaj poprawny adres e-mail." }));
  expect(field).toHaveFocus();
  expect(field).toHaveValue("bez-malpy");
});

it("sends only what was changed about a unit, and goes back to it", async () => {
  const saved: unknown[] = [];
  const { user, router } = renderAt("/directory/units/u1/edit", {
    ...SERVER,
    "PATCH /api/v1/directory/units/u1/": async (request) => {
      saved.push(await request.json());
      return DETAIL;
    },
  });
  const field = await screen.findByRole("textbox", { name: "Telefon" });
  await user.clear(field);
  await user.type(field, "600 700 800");
  await user.click(screen.getByRole("button", { name: "Zapisz" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/directory/units/u1"));
  expect(saved).toEqual([{ phone: "600 700 800" }]);
});

it("gives a unit only the fields that it may change about itself", async () => {
  renderAt("/directory/units/u1/edit", {
    ...SERVER,
    "GET /api/v1/directory/units/u1/": { ...DETAIL, can: ["change_contact"] },
  });
  await screen.findByRole("textbox", { name: "Telefon" });
  expect(screen.getAllByRole("textbox").map(({ id }) => id)).toEqual(["phone", "email", "website", "edoreczenia"]);
});

it("makes a group of all units of a kind and one more, and of a person", async () => {
  const saved: unknown[] = [];
  const { user, router } = renderAt("/directory/groups/new", {
    ...SERVER,
    "GET /api/v1/directory/groups/": page([]),
    "POST /api/v1/directory/groups/": async (request) => {
      saved.push(await request.json());
      return json({}, 201);
    },
  });
  await user.type(await screen.findByRole("textbox", { name: /^Nazwa/ }), "Szkoły");
  const units = within(await screen.findByRole("group", { name: "Jednostki w grupie" }));
  await user.selectOptions(await units.findByRole("combobox", { name: "Pokaż" }), "Szkoła podstawowa");
  await user.click(units.getByRole("button", { name: "Zaznacz pokazane (2)" }));
  await user.selectOptions(units.getByRole("combobox", { name: "Pokaż" }), "wszystkie rodzaje");
  await user.click(units.getByRole("checkbox", { name: /^I LO/ }));
  expect(units.getByText("Wybrano: 3 jednostki")).toBeVisible();

  const people = within(screen.getByRole("group", { name: "Osoby w grupie" }));
  await user.type(people.getByRole("searchbox"), "żak");
  await user.click(await people.findByRole("button", { name: "Dodaj: Łucja Żak" }));
  await user.click(screen.getByRole("button", { name: "Zapisz" }));

  await waitFor(() => expect(router.state.location.pathname).toBe("/directory/groups"));
  expect(saved).toEqual([{ name: "Szkoły", description: "", units: ["u1", "u2", "u3"], people: ["p1"] }]);
});

it("finds units in the picker without Polish tails and takes a choice back", async () => {
  const { user } = renderAt("/directory/groups/new", SERVER);
  const units = within(await screen.findByRole("group", { name: "Jednostki w grupie" }));
  await user.type(await units.findByRole("searchbox"), "DLUGA sp 2");
  await waitFor(() => expect(units.getAllByRole("checkbox")).toHaveLength(1));
  await user.click(units.getByRole("checkbox", { name: /^SP 2/ }));
  expect(units.getByText("Wybrano: 1 jednostka")).toBeVisible();
  await user.click(units.getByRole("button", { name: "Odznacz pokazane (1)" }));
  expect(units.getByText("Wybrano: 0 jednostek")).toBeVisible();
});

it("keeps in a group the people whose names may not be seen", async () => {
  const saved: unknown[] = [];
  const group = {
    id: "g1",
    name: "Szkoły",
    description: "",
    units: ["u1"],
    people: ["p1", "p2"],
    unit_count: 1,
    person_count: 2,
  };
  const { user, router } = renderAt("/directory/groups/g1", {
    ...SERVER,
    "GET /api/v1/directory/groups/g1/": group,
    "GET /api/v1/directory/groups/": page([]),
    "PATCH /api/v1/directory/groups/g1/": async (request) => {
      saved.push(await request.json());
      return group;
    },
  });
  const people = within(await screen.findByRole("group", { name: "Osoby w grupie" }));
  expect(people.getByText("Łucja Żak")).toBeVisible();
  expect(people.getByText("Osoba spoza widocznych jednostek")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Zapisz" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/directory/groups"));
  expect(saved).toEqual([{ name: "Szkoły", description: "", units: ["u1"], people: ["p1", "p2"] }]);
});

it("asks before it removes a group", async () => {
  const group = {
    id: "g1",
    name: "Szkoły",
    description: "",
    units: ["u1"],
    people: [],
    unit_count: 1,
    person_count: 0,
  };
  const { user, asked, router } = renderAt("/directory/groups/g1", {
    ...SERVER,
    "GET /api/v1/directory/groups/g1/": group,
    "GET /api/v1/directory/groups/": page([]),
    "DELETE /api/v1/directory/groups/g1/": () => json(null, 204),
  });
  await user.click(await screen.findByRole("button", { name: "Usuń grupę" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Usunąć grupę „Szkoły”?" }));
  expect(asked.some(({ method }) => method === "DELETE")).toBe(false);
  await user.click(dialog.getByRole("button", { name: "Usuń" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/directory/groups"));
});
