import { screen, waitFor, within } from "@testing-library/react";
import { bodiesOf, takeUploads } from "@tests/messaging";
import { problem, renderAlone, withNotices } from "@tests/render";
import { expect, it } from "vitest";
import { Invoices } from "@/ui/invoices/Invoices";
import type { Invoice, Settlement } from "@/ui/invoices/words";

const AT = "/api/v1/invoices/about/procedures.case/c1/";

const INVOICE: Invoice = {
  id: "i1",
  number: "FV/1",
  kind: "VAT",
  seller_nip: "5260250274",
  seller_name: "Muzyka sp. z o.o.",
  buyer_nip: "1111111111",
  issued_on: "2026-11-02",
  gross: "500.00",
  doubt: "Nabywcą na fakturze jest NIP 1111111111, a powinna nim być jednostka albo miasto.",
  origin: "hand",
  state: "waiting",
  reason: "",
  corrects: "",
  entered_at: "2026-11-15T09:00:00Z",
  decided_at: null,
  file: null,
  shares: [{ line: "a", name: "Instrumenty", amount: "500.00" }],
  can: ["withdraw"],
};

const SETTLEMENT: Settlement = {
  side: "outside",
  closed: "",
  granted: "3000.00",
  invoiced: "500.00",
  settled: "0.00",
  returned: "0.00",
  left: "3000.00",
  lines: [
    { key: "a", name: "Instrumenty", planned: "400.00", invoiced: "500.00", settled: "0.00", left: "-100.00" },
    { key: "b", name: "Wyjazd", planned: "1000.00", invoiced: "0.00", settled: "0.00", left: "1000.00" },
  ],
  invoices: [INVOICE],
  can: ["enter"],
};

const draw = (settlement: Settlement, more = {}) =>
  renderAlone(withNotices(<Invoices kind="procedures.case" id="c1" />), { [`GET ${AT}`]: settlement, ...more });

it("shows the budget line by line, what is over its plan in words, and what the unit may do with its invoice", async () => {
  const { user, asked } = draw(SETTLEMENT, { "POST /api/v1/invoices/i1/withdraw/": SETTLEMENT });
  const budget = await screen.findByRole("table", { name: "Kosztorys" });
  expect(within(budget).getByRole("row", { name: /Instrumenty/ })).toHaveTextContent("ponad plan 100,00 zł");
  expect(screen.getByText("Przyznano:").parentElement).toHaveTextContent("3 000,00 zł");
  const [row] = within(screen.getByRole("list", { name: "Faktury" })).getAllByRole("listitem");
  expect(row).toHaveTextContent("FV/1: 500,00 zł");
  expect(row).toHaveTextContent("Uwaga: Nabywcą na fakturze jest NIP 1111111111");
  expect(screen.queryByRole("button", { name: /Przyjmij/ })).not.toBeInTheDocument();

  await user.click(screen.getByRole("button", { name: "Wycofaj fakturę FV/1" }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Wycofaj" }));

  await waitFor(() => expect(asked.some(({ url }) => url.endsWith("/i1/withdraw/"))).toBe(true));
});

it("lets the office accept an invoice or give it back with a reason", async () => {
  const mine = { ...SETTLEMENT, side: "office" as const, can: [] };
  const server = {
    "POST /api/v1/invoices/i1/accept/": problem(409, "Faktura FV/1 ma już stan „zwrócona”."),
    "POST /api/v1/invoices/i1/return/": mine,
  };
  const { user, asked } = draw({ ...mine, invoices: [{ ...INVOICE, can: ["accept", "return"] }] }, server);
  expect(await screen.findByText("Faktury do sprawdzenia: 1")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Dodaj fakturę" })).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Przyjmij fakturę FV/1" }));
  expect(await screen.findByText(/ma już stan „zwrócona”/)).toBeVisible();

  await user.click(screen.getByRole("button", { name: "Zwróć fakturę FV/1" }));
  const dialog = await screen.findByRole("dialog", { name: "Zwróć fakturę FV/1" });
  await user.type(within(dialog).getByLabelText(/Powód zwrotu/), "Brak opisu");
  await user.click(within(dialog).getByRole("button", { name: "Zwróć" }));

  await waitFor(async () =>
    expect(await bodiesOf(asked, "POST", "/api/v1/invoices/i1/return/")).toEqual([{ reason: "Brak opisu" }]),
  );
});

it("takes an invoice out of KSeF's file and asks only which lines it pays for", async () => {
  const server = {
    ...takeUploads(() => ({ state: "done" })),
    "GET /api/v1/invoices/read/file-fv.xml/": {
      number: "FV/2026/11/001",
      kind: "VAT",
      issued_on: "2026-11-15",
      gross: "123.00",
      seller_nip: "5260250274",
      seller_name: "Wykonawca sp. z o.o.",
      buyer_nip: "1111111111",
      buyer_name: "Gmina",
    },
    [`POST ${AT}`]: SETTLEMENT,
  };
  const { user, asked } = draw({ ...SETTLEMENT, invoices: [] }, server);
  await user.click(await screen.findByRole("button", { name: "Dodaj fakturę" }));
  const dialog = await screen.findByRole("dialog", { name: "Dodaj fakturę" });
  await user.upload(
    within(dialog).getByLabelText("Plik faktury z KSeF", { selector: "input" }),
    new File(["<x/>"], "fv.xml"),
  );
  expect(await within(dialog).findByText("FV/2026/11/001")).toBeVisible();
  expect(within(dialog).queryByLabelText(/Numer faktury/)).not.toBeInTheDocument();
  await user.type(within(dialog).getByLabelText(/Wyjazd/), "120,50");
  await user.click(within(dialog).getByRole("button", { name: "Dodaj fakturę" }));

  await waitFor(async () => {
    const [body] = await bodiesOf(asked, "POST", AT);
    expect(body).toMatchObject({ file: "file-fv.xml", shares: [{ line: "b", amount: "120.50" }], corrects: null });
  });
});

it("lets an invoice be typed off, and a correction say what it corrects", async () => {
  const { user, asked } = draw(SETTLEMENT, { [`POST ${AT}`]: problem(400, "Wpisz dane faktury: numer.") });
  await user.click(await screen.findByRole("button", { name: "Dodaj fakturę" }));
  const dialog = await screen.findByRole("dialog", { name: "Dodaj fakturę" });
  await user.click(within(dialog).getByRole("button", { name: "Nie mam pliku, wpiszę dane" }));
  await user.click(within(dialog).getByRole("combobox", { name: /Rodzaj/ }));
  await user.click(await screen.findByRole("option", { name: "korekta faktury", hidden: true }));
  await user.click(within(dialog).getByRole("combobox", { name: /Którą fakturę koryguje/ }));
  await user.click(await screen.findByRole("option", { name: /FV\/1/, hidden: true }));
  await user.type(within(dialog).getByLabelText(/Instrumenty/), "-200");
  await user.click(within(dialog).getByRole("button", { name: "Dodaj fakturę" }));

  expect(await within(dialog).findByText(/Wpisz dane faktury: numer/)).toBeVisible();
  const [body] = await bodiesOf(asked, "POST", AT);
  expect(body).toMatchObject({ kind: "KOR", corrects: "i1", file: null, gross: null });
  expect(body).toMatchObject({ shares: [{ line: "a", amount: "-200" }] });
});
