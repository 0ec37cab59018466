import { screen, waitFor, within } from "@testing-library/react";
import { AUTHOR, documentOf, FORM_ID, formOut } from "@tests/forms";
import { CLERK, json, page, renderAt } from "@tests/render";
import { expect, it } from "vitest";

const DICTIONARY = {
  id: "d1",
  key: "osiedla",
  name: "Osiedla",
  entries: [
    { key: "fordon", label: "Fordon", is_active: true },
    { key: "szwederowo", label: "Szwederowo", is_active: true },
    { key: "stare", label: "Stare osiedle", is_active: false },
  ],
};

it("lists the city's forms with their state, and asks for the archived ones", async () => {
  const summary = { ...formOut(documentOf()), revision: 3, sheets: 43, description: "Granty" };
  const { user, asked } = renderAt("/forms/forms", { ...AUTHOR, "GET /api/v1/forms/forms/": page([summary]) });
  expect(await screen.findByRole("link", { name: "Wniosek o grant" })).toHaveAttribute(
    "href",
    `/forms/forms/${FORM_ID}`,
  );
  expect(screen.getByText("opublikowany, wersja 3")).toBeInTheDocument();
  await user.selectOptions(screen.getByRole("combobox", { name: "Pokaż" }), "w archiwum");
  const queries = () =>
    asked.map(({ url }) => new URL(url)).filter(({ pathname }) => pathname === "/api/v1/forms/forms/");
  await waitFor(() => expect(queries().at(-1)?.searchParams.get("is_archived")).toBe("true"));
});

it("begins a form with its name and goes on to its questions", async () => {
  const { user, asked, router } = renderAt("/forms/forms/new", {
    ...AUTHOR,
    "POST /api/v1/forms/forms/": formOut(documentOf()),
    [`GET /api/v1/forms/forms/${FORM_ID}/`]: formOut(documentOf()),
  });
  await user.type(await screen.findByRole("textbox", { name: "Nazwa" }), "Wniosek o grant");
  await user.click(screen.getByRole("button", { name: "Dalej: pytania" }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/forms/forms/${FORM_ID}`));
  expect(await asked.find(({ method }) => method === "POST")?.json()).toEqual({
    name: "Wniosek o grant",
    description: "",
  });
});

it("takes a pasted list as entries of a dictionary, and keeps what is offered no longer", async () => {
  const { user, asked } = renderAt("/forms/dictionaries/d1", {
    ...AUTHOR,
    "GET /api/v1/forms/dictionaries/d1/": DICTIONARY,
    "PATCH /api/v1/forms/dictionaries/d1/": DICTIONARY,
  });
  const list = within(await screen.findByRole("list", { name: "Pozycje słownika" }));
  await user.click(list.getByRole("button", { name: "Usuń: Fordon" }));
  await user.click(screen.getByRole("button", { name: "Dodaj pozycję" }));
  await user.click(list.getByRole("textbox", { name: "Pozycje słownika: 2" }));
  await user.paste("Bartodzieje\nBłonie\n");
  await user.click(screen.getByRole("button", { name: "Zapisz" }));
  await waitFor(() => expect(asked.some(({ method }) => method === "PATCH")).toBe(true));
  const sent = await asked.find(({ method }) => method === "PATCH")?.json();
  expect(sent?.entries).toEqual([
    { key: "szwederowo", label: "Szwederowo", is_active: true },
    { key: "bartodzieje", label: "Bartodzieje", is_active: true },
    { key: "blonie", label: "Błonie", is_active: true },
    { key: "fordon", label: "Fordon", is_active: false },
    { key: "stare", label: "Stare osiedle", is_active: false },
  ]);
});

it("removes a dictionary only after asking, and says why it cannot", async () => {
  const { user } = renderAt("/forms/dictionaries/d1", {
    ...AUTHOR,
    "GET /api/v1/forms/dictionaries/d1/": DICTIONARY,
    "DELETE /api/v1/forms/dictionaries/d1/": json(
      { code: "list_in_use", detail: "„Osiedla” jest używane w formularzach: Grant.", errors: [] },
      409,
    ),
  });
  await user.click(await screen.findByRole("button", { name: "Usuń słownik" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Usunąć słownik „Osiedla”?" }));
  await user.click(dialog.getByRole("button", { name: "Usuń" }));
  expect(await dialog.findByText("„Osiedla” jest używane w formularzach: Grant.")).toBeInTheDocument();
});

it("shows a table of units with its columns, and how expressions quote it", async () => {
  renderAt("/forms/tables/t1", {
    ...AUTHOR,
    "GET /api/v1/forms/tables/t1/": {
      id: "t1",
      key: "limity",
      name: "Limity",
      columns: [{ key: "kwota", label: "Kwota", type: "money" }],
      keys: [],
      edition: 0,
      rows: 1,
    },
    "GET /api/v1/forms/tables/t1/rows/": page([{ unit_id: "u1", unit: "SP 1", values: { kwota: "1234.5" } }]),
  });
  expect(await screen.findByRole("rowheader", { name: /^SP\s1$/ })).toBeInTheDocument();
  expect(screen.getByRole("cell", { name: /1\s234,50\szł/ })).toBeInTheDocument();
  expect(screen.getByText('z_tabeli("limity", "kwota")')).toBeInTheDocument();
});

const POINTS = {
  id: "t2",
  key: "punkty",
  name: "Punkty",
  columns: [{ key: "liczba", label: "Liczba", type: "number" }],
  keys: [
    { key: "ranga", label: "Ranga", type: "text" },
    { key: "miejsce", label: "Miejsce", type: "number" },
  ],
  edition: 1,
  rows: 0,
  version: "v",
};
const GRID = {
  edition: 1,
  made_at: "2026-11-30T10:00:00Z",
  made_by: "Anna Lis",
  columns: POINTS.columns,
  keys: POINTS.keys,
  rows: [{ keys: ["krajowy", "1"], since: null, values: { liczba: "30" } }],
  version: "g",
};

it("takes cells pasted from a spreadsheet into a table with keys", async () => {
  const { user, asked } = renderAt("/forms/tables/t2", {
    ...AUTHOR,
    "GET /api/v1/forms/tables/t2/": POINTS,
    "GET /api/v1/forms/tables/t2/rows/": page([]),
    "GET /api/v1/forms/tables/t2/grid/": GRID,
    "PUT /api/v1/forms/tables/t2/grid/": { ...GRID, edition: 2 },
  });
  expect(await screen.findByText('z_tabeli("punkty", "liczba", ranga, miejsce)')).toBeInTheDocument();
  await user.click(await screen.findByRole("textbox", { name: "Miejsce (wiersz 1)" }));
  await user.paste("2\t1.09.2026\t22\n3\t\t20\n");
  await user.type(screen.getByRole("textbox", { name: "Ranga (wiersz 2)" }), "gminny");
  await user.click(screen.getByRole("button", { name: "Zapisz nowe wydanie" }));
  await waitFor(() => expect(asked.some(({ method }) => method === "PUT")).toBe(true));
  expect(await asked.find(({ method }) => method === "PUT")?.json()).toEqual({
    rows: [
      { keys: ["krajowy", "2"], since: "2026-09-01", values: { liczba: "22" } },
      { keys: ["gminny", "3"], since: null, values: { liczba: "20" } },
    ],
  });
});

it("sets the day on which the city's school year begins", async () => {
  const year = {
    begins: { month: 9, day: 1 },
    second_semester: { month: 2, day: 1 },
    now: "2026/2027",
    semester: 1,
    version: "s",
  };
  const { user, asked } = renderAt("/forms/school-year", {
    ...AUTHOR,
    "GET /api/v1/forms/school-year/": year,
    "PUT /api/v1/forms/school-year/": year,
  });
  const semester = await screen.findByRole("combobox", { name: "Drugi semestr zaczyna się: dzień" });
  await user.selectOptions(semester, "28");
  await user.selectOptions(screen.getByRole("combobox", { name: "Rok szkolny zaczyna się: miesiąc" }), "sierpnia");
  await user.click(screen.getByRole("button", { name: "Zapisz" }));
  await waitFor(() => expect(asked.some(({ method }) => method === "PUT")).toBe(true));
  expect(await asked.find(({ method }) => method === "PUT")?.json()).toEqual({
    begins: { month: 8, day: 1 },
    second_semester: { month: 2, day: 28 },
  });
});

it("tells nobody to make a form who may only look at them", async () => {
  renderAt("/forms/forms", {
    ...AUTHOR,
    "GET /api/v1/accounts/session/": { ...CLERK, modules: ["forms"], permissions: ["forms.view_forms"] },
    "GET /api/v1/forms/forms/": page([]),
  });
  expect(await screen.findByText(/Formularze układa osoba, która prowadzi je w wydziale/)).toBeVisible();
  expect(screen.queryByText(/Ułóż pierwszy/)).not.toBeInTheDocument();
});
