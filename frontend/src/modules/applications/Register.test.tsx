import { screen, waitFor, within } from "@testing-library/react";
import { CLERK, page, renderAt, type Server } from "@tests/render";
import { expect, it } from "vitest";

const OFFICER = {
  ...CLERK,
  modules: [...CLERK.modules, "applications"],
  permissions: ["applications.view_calls"],
};

const ROW = {
  ...{ id: "a1", case: "k1", sign: "WE.1", title: "Teatr", call: { id: "c1", title: "Granty 2026" }, round: "tura" },
  ...{ unit: { id: "u1", short_name: "SP 7" }, applicant: "", stage: "Rozliczenie", is_draft: false, state: "open" },
  ...{ meaning: "", submitted_at: "2026-11-21T10:00:00Z", opened_at: "2026-11-20T10:00:00Z" },
  ...{ procedure: { id: "p1", name: "Granty" }, year: 2026, kind: "szkoła" },
  ...{ asked: "3000.00", granted: "2500.00", settled: "0.00", returned: "0.00" },
  ball: { side: "applicant", who: ["Jan Dyrektor"], since: "2026-11-20T10:00:00Z", due_at: null },
};
const money = { asked: "3000.00", reserved: "0.00", granted: "2500.00", settled: "0.00", returned: "0.00" };
const told = (name: string) => ({ name, handed_in: 1, withdrawn: 0, money });

const SERVER: Server = {
  "GET /api/v1/accounts/session/": OFFICER,
  "GET /api/v1/applications/register/": page([ROW]),
  "GET /api/v1/applications/register/choices/": { years: [2026, 2025], procedures: [{ id: "p1", name: "Granty" }] },
  "GET /api/v1/applications/register/figures/": {
    whole: told(""),
    by_year: [told("2026")],
    by_procedure: [told("Granty")],
    by_kind: [told("szkoła")],
  },
  "GET /api/v1/directory/kinds/": [],
  "GET /api/v1/directory/units/": page([]),
};

it("shows every application with its year and money, and the figures with a table behind each picture", async () => {
  const { user } = renderAt("/applications/register", SERVER);

  const row = (await screen.findByRole("link", { name: "Teatr" })).closest("tr") as HTMLElement;
  expect(row).toHaveTextContent("WE.1 · SP 7");
  expect(row).toHaveTextContent("2026");
  expect(row).toHaveTextContent(/2\s500,00/);
  await user.click(await screen.findByText("Liczby i kwoty"));
  await user.click(await screen.findByText("W kolejnych latach"));
  const table = await screen.findByRole("table", { name: "W kolejnych latach" });
  expect(
    within(table)
      .getAllByRole("columnheader")
      .map(({ textContent }) => textContent),
  ).toEqual(["Rok", "Złożone", "Wnioskowano", "Przyznano", "Rozliczono"]);
});

it("asks list, figures and file for the same narrowing, and takes no sum that is none", async () => {
  const { user, asked } = renderAt("/applications/register", SERVER);

  await screen.findByRole("link", { name: "Teatr" });
  await user.click(screen.getByRole("button", { name: /Filtry/ }));
  const sum = screen.getByLabelText("Przyznano od (zł)");
  await user.type(sum, "tysiąc{Enter}");
  expect(await screen.findByText("Podaj kwotę, na przykład 1500,50.")).toBeVisible();
  await user.clear(sum);
  await user.type(sum, "1 500,50{Enter}");
  await user.click(screen.getByLabelText("nierozliczone pieniądze"));

  await waitFor(() => {
    const queries = asked
      .map(({ url }) => new URL(url))
      .filter(({ search }) => search.includes("unsettled=true") && search.includes("granted_from=1500.5"));
    expect(new Set(queries.map(({ pathname }) => pathname))).toEqual(
      new Set(["/api/v1/applications/register/", "/api/v1/applications/register/figures/"]),
    );
  });
  const file = screen.getByRole("link", { name: /xlsx/ });
  expect(file.getAttribute("href")).toContain("granted_from=1500.50&unsettled=true");
});
