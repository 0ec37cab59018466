import { screen, waitFor, within } from "@testing-library/react";
import { CLERK, json, page, problem, renderAt, type Server } from "@tests/render";
import { expect, it } from "vitest";

const OFFICER = {
  ...CLERK,
  modules: [...CLERK.modules, "applications", "procedures"],
  permissions: ["applications.view_calls", "applications.divide_money"],
};
const ONE = "/api/v1/applications/recommendations/r1/";

const letter = (state: string, failure = "") => ({
  id: `l-${state}`,
  name: "Przyznanie",
  number: "1/2026",
  state,
  failure,
});
const row = (title: string, amount: string, state: string, rest: object = {}) => ({
  ...{ case: `case-${title}`, award: `award-${title}`, sign: "", title, unit: "SP 7", place: 1, asked: "3000.00" },
  ...{ recommended: amount, amount, reason: "", state, sentence: "", letter: null },
  ...rest,
});
const decided = (...rows: object[]) => ({
  ...{ id: "r1", call: { id: "c1", title: "Granty 2026" }, scenario: "Po równo", state: "awarded", total: "3000.00" },
  ...{ made_at: "2026-11-20T10:00:00Z", trouble: "", reason: "", ended_at: "2026-11-30T10:00:00Z" },
  ...{
    approval: { steps: [], waits_for: [], blocked: "", version: null },
    papers: [],
    payment_lists: [],
    left_out: [],
  },
  ...{ can: ["document", "letters"], decision: "12/2026", decided_on: "2026-11-30", publish_at: null },
  rows,
});

const template = (id: string, name: string, is_archived = false) => ({
  ...{ id, key: id, name, is_archived, newest: 1, asks: [], version: "1" },
});
const SERVER: Server = {
  "GET /api/v1/accounts/session/": OFFICER,
  [`GET ${ONE}`]: decided(
    row("Teatr", "3000.00", "carried"),
    row("Chór", "0.00", "carried"),
    row("Film", "0.00", "waiting"),
  ),
  "GET /api/v1/procedures/letter-templates/": page([template("t1", "Przyznanie"), template("t2", "Stary wzór", true)]),
};

it("issues the letters of one outcome after a question that says how many at most, and tells a refusal", async () => {
  let isRefused = true;
  const { user, asked } = renderAt("/applications/recommendations/r1", {
    ...SERVER,
    [`POST ${ONE}letters/`]: () =>
      isRefused ? problem(409, "Nie ma sprawy, do której trzeba wydać takie pismo.") : json(decided(), 202),
  });

  const panel = await screen.findByRole("region", { name: "Pisma do wnioskodawców" });
  expect(panel).toHaveTextContent("Do 1 sprawy decyzja jeszcze nie dotarła.");
  expect(within(panel).getByRole("button", { name: "Wyślij pisma…" })).toBeDisabled();
  await user.click(within(panel).getByRole("combobox", { name: "Wzór dla tych, którzy dostali środki (1)" }));
  expect(screen.queryByRole("option", { name: "Stary wzór", hidden: true })).toBeNull();
  // Both fields offer it; the first one is open.
  const [offered] = await screen.findAllByRole("option", { name: "Przyznanie", hidden: true });
  await user.click(offered as HTMLElement);
  await user.click(within(panel).getByRole("button", { name: "Wyślij pisma…" }));
  const dialog = await screen.findByRole("dialog", { name: "Wydać pisma?" });
  expect(dialog).toHaveTextContent("Powstanie najwyżej 1 pismo.");
  await user.click(within(dialog).getByRole("button", { name: "Wydaj" }));
  expect(await within(dialog).findByRole("alert")).toHaveTextContent("Nie ma sprawy");
  isRefused = false;
  await user.click(within(dialog).getByRole("button", { name: "Wydaj" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const sent = asked.filter(({ method }) => method === "POST");
  expect(await sent[0]?.json()).toEqual({ granted: "t1", refused: null });
});

it("tells how far the letters are, and of each that failed why", async () => {
  renderAt("/applications/recommendations/r1", {
    ...SERVER,
    [`GET ${ONE}`]: decided(
      row("Teatr", "3000.00", "carried", { letter: letter("ready") }),
      row("Chór", "2000.00", "carried", { letter: letter("failed", "We wzorze brakuje pola.") }),
    ),
  });

  const panel = await screen.findByRole("region", { name: "Pisma do wnioskodawców" });
  expect(panel).toHaveTextContent("Gotowe: 1 pismo.");
  const failed = within(panel).getByRole("alert");
  expect(failed).toHaveTextContent("Nie udało się: 1 pismo");
  expect(failed).toHaveTextContent("Chór: We wzorze brakuje pola.");
});

it("has the list of results told by initials of the questions that are names, and of no other", async () => {
  const { user, asked } = renderAt("/applications/recommendations/r1", {
    ...SERVER,
    [`GET ${ONE}`]: { ...decided(row("Teatr", "3000.00", "carried")), can: ["document", "results"] },
    "GET /api/v1/applications/calls/c1/": {
      id: "c1",
      questions: [
        { key: "uczen", label: "Uczeń", is_name: true },
        { key: "rachunek", label: "Rachunek", is_name: false },
      ],
    },
    [`POST ${ONE}papers/`]: () =>
      json(
        { id: "p1", kind: "results", state: "waiting", failure: "", made_at: "2026-11-30T10:00:00Z", endings: [] },
        202,
      ),
  });

  const panel = within(await screen.findByRole("region", { name: "Dokumenty" }));
  await user.selectOptions(panel.getByLabelText("Wnioski na liście wyników oznacz"), "inicjałami osoby");
  const prepare = panel.getByRole("button", { name: "Przygotuj listę wyników" });
  expect(prepare).toBeDisabled();
  await user.click(panel.getByRole("combobox", { name: "Skąd wziąć inicjały" }));
  await user.click(await screen.findByRole("option", { name: "Uczeń", hidden: true }));
  expect(screen.queryByRole("option", { name: "Rachunek", hidden: true })).toBeNull();
  await user.click(prepare);
  await waitFor(() => expect(asked.some(({ method }) => method === "POST")).toBe(true));
  const sent = asked.find(({ method }) => method === "POST");
  expect(await sent?.json()).toEqual({ kind: "results", how: "initials", questions: ["uczen"] });
});
