import { screen, waitFor, within } from "@testing-library/react";
import { CLERK, json, page, problem, renderAt, type Server } from "@tests/render";
import { expect, it } from "vitest";

const FIGURES = {
  planned: "1000.00",
  delegated: "200.00",
  asked: "900.00",
  reserved: "100.00",
  granted: "400.00",
  paid: "0.00",
  invoiced: "0.00",
  settled: "150.00",
  returned: "0.00",
  left: "300.00",
};

const POT = {
  id: "b0000000-0000-4000-8000-000000000001",
  year: 2026,
  code: "granty",
  name: "Granty oświatowe",
  fund: "środki własne",
  note: "",
  classification: null,
  parent: null,
  disposer: { kind: "department", value: "", name: "" },
  figures: FIGURES,
  can: ["change", "change_amount", "delegate"],
};

const entry = (id: number, rest: object) => ({
  ...{ id, at: "2026-11-23T10:00:00Z", kind: "granted", releases: "", amount: "400.00", reason: "" },
  ...{ owner: null, made_by: "Ewa Lis", takes_back: null, is_taken_back: false },
  ...rest,
});

const ENTRIES = [
  entry(3, { owner: { kind: "Sprawa", name: "", url: "" }, amount: "400.00" }),
  entry(2, { owner: { kind: "Sprawa", name: "Teatr", url: "/procedures/cases/1" }, is_taken_back: true }),
  entry(1, { kind: "planned", amount: "1000.00", reason: "Uchwała XII/3" }),
];

const FINANCE = {
  ...CLERK,
  modules: [...CLERK.modules, "budget"],
  permissions: ["budget.view_pots", "budget.manage_pots", "budget.book_entries"],
};

const SERVER: Server = {
  "GET /api/v1/accounts/session/": FINANCE,
  "GET /api/v1/budget/years/": [
    { year: 2026, pots: 1, figures: FIGURES },
    { year: 2025, pots: 3, figures: FIGURES },
  ],
  "GET /api/v1/budget/pots/": (request) => page(new URL(request.url).searchParams.has("parent") ? [] : [POT]),
  [`GET /api/v1/budget/pots/${POT.id}/`]: POT,
  [`GET /api/v1/budget/pots/${POT.id}/entries/`]: page(ENTRIES),
  "GET /api/v1/budget/unit-kinds/": [{ kind: "szkoła podstawowa", units: 2, figures: FIGURES }],
  "GET /api/v1/budget/classifications/": page([]),
};

it("lists the pots of the chosen year with what is left of each, and exports that year", async () => {
  const { user, asked } = renderAt("/budget/pots?year=2026", SERVER);

  const row = (await screen.findByRole("link", { name: "Granty oświatowe" })).closest("tr") as HTMLElement;
  expect(within(row).getAllByText(/300,00/)).not.toHaveLength(0);
  expect(await screen.findByRole("rowheader", { name: "szkoła podstawowa" })).toBeVisible();
  await user.selectOptions(screen.getByRole("combobox", { name: "Rok" }), "2025");

  const years = () =>
    asked
      .map(({ url }) => new URL(url))
      .filter(({ pathname }) => pathname === "/api/v1/budget/pots/")
      .map(({ searchParams }) => searchParams.get("year"));
  await waitFor(() => expect(years().at(-1)).toBe("2025"));
  expect(screen.getByRole("link", { name: "Pobierz xlsx" })).toHaveAttribute(
    "href",
    "/api/v1/budget/pots/export/?ordering=sort_key&year=2025",
  );
});

it("shows a pot's ledger, and of a matter that one may not see nothing but its kind", async () => {
  renderAt(`/budget/pots/${POT.id}`, SERVER);

  expect(await screen.findByRole("link", { name: "Teatr" })).toHaveAttribute("href", "/procedures/cases/1");
  expect(screen.getByText("Sprawa (bez dostępu)")).toBeVisible();
  expect(screen.getByText("Uchwała XII/3")).toBeVisible();
  expect(screen.getByText("cofnięto")).toBeVisible();
});

it("changes the amount, and says why it could not", async () => {
  const refusal = "Z puli rozdysponowano już 700,00 zł, więc jej kwota nie może być niższa.";
  const { user, asked } = renderAt(`/budget/pots/${POT.id}`, {
    ...SERVER,
    [`POST /api/v1/budget/pots/${POT.id}/amount/`]: () => problem(409, refusal, [], "pot_taken"),
  });

  await user.click(await screen.findByRole("button", { name: "Zmień kwotę" }));
  const amount = await screen.findByRole("textbox", { name: /Nowa kwota/ });
  await user.clear(amount);
  await user.type(amount, "650,50");
  await user.click(screen.getByRole("button", { name: "Zapisz" }));

  expect(await screen.findByText(refusal)).toBeVisible();
  const sent = asked.find(({ method }) => method === "POST");
  expect(await sent?.json()).toEqual({ amount: "650.50", reason: "" });
});

it("tells while a part is typed whether it fits, and what cannot be checked is no yes", async () => {
  const { user } = renderAt(`/budget/pots/${POT.id}/part`, {
    ...SERVER,
    [`GET /api/v1/budget/pots/${POT.id}/fit/`]: (request) =>
      new URL(request.url).searchParams.get("amount") === "301"
        ? { fits: false, left: "-1.00", sentence: "Nie zmieści się: brakuje 1,00 zł." }
        : problem(404, "Nie ma takiej strony albo nie masz do niej dostępu.", [], "not_found"),
  });

  const amount = await screen.findByRole("textbox", { name: /Kwota/ });
  await user.type(amount, "301");
  expect(await screen.findByText("Nie zmieści się: brakuje 1,00 zł.")).toBeVisible();
  await user.type(amount, "0");
  expect(await screen.findByText(/Nie można sprawdzić/)).toBeVisible();
});

it("proposes a code from the name and sends the pot as it was filled in", async () => {
  const { user, asked, router } = renderAt("/budget/pots/new?year=2027", {
    ...SERVER,
    "POST /api/v1/budget/pots/": () => json(POT, 201),
  });

  await user.type(await screen.findByRole("textbox", { name: /Nazwa/ }), "Granty żłobków");
  await user.type(screen.getByRole("textbox", { name: /Kwota/ }), "1000");
  await user.click(screen.getByRole("button", { name: "Zapisz" }));

  await waitFor(() => expect(router.state.location.pathname).toBe(`/budget/pots/${POT.id}`));
  const sent = asked.find(({ method }) => method === "POST");
  expect(await sent?.json()).toMatchObject({ year: 2027, code: "granty_zlobkow", amount: "1000", unit_id: null });
});
