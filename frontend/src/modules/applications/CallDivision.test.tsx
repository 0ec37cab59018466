import { screen, waitFor, within } from "@testing-library/react";
import { CLERK, json, problem, renderAt, type Server } from "@tests/render";
import { expect, it } from "vitest";

const OFFICE = { ...CLERK, modules: [...CLERK.modules, "applications"], permissions: ["applications.manage_calls"] };
const SCENARIOS = "/api/v1/applications/scenarios/";

const row = (key: string, place: number, asked: string, more: object = {}) => ({
  ...{ key, title: `Projekt ${key}`, sign: "", unit: `SP ${place}`, list: "", place, tied: 1, is_over: true },
  ...{ why: "", sentence: "", asked, counted: asked, amount: asked, shares: [], is_by_hand: false, reason: "" },
  ...more,
});

const OUTCOME = {
  rows: [row("a", 1, "8000.00"), row("b", 2, "6000.00"), row("c", 3, "9000.00", { is_over: false, amount: "0.00" })],
  pots: [{ code: "granty", amount: "15000.00", given: "14000.00", left: "1000.00" }],
  ...{ asked: "23000.00", given: "14000.00", unmet: "9000.00", over: 2, undecided: [], unknown: [] },
};
const MOVED = { ...OUTCOME, given: "8000.00", unmet: "15000.00", over: 1 };
const RULES = { order: [{ by: "ocena" }], pots: [{ code: "granty" }] };

const scenario = (id: string, name: string) => ({ id, name, edition: 1, changed_at: "2026-11-20T10:00:00Z" });

/** A call with these scenarios, of which each comes out the same. */
const server = (more: Server = {}): Server => ({
  "GET /api/v1/accounts/session/": OFFICE,
  "GET /api/v1/applications/calls/c1/": { id: "c1", title: "Granty 2026" },
  "GET /api/v1/applications/calls/c1/scenarios/": [scenario("s1", "Po równo"), scenario("s2", "Do wyczerpania")],
  "GET /api/v1/applications/calls/c1/ranking_fields/": [
    { name: "ocena", kind: "number", label: "Ocena komisji: wynik" },
    { name: "kwota", kind: "number", label: "Wnioskowana kwota" },
    { name: "zlozono", kind: "moment", label: "Kiedy złożono" },
  ],
  "GET /api/v1/applications/calls/c1/recommendations/": [],
  "GET /api/v1/applications/calls/c1/figures/": { pots: [{ code: "granty", name: "Granty" }] },
  ...Object.fromEntries(
    ["s1", "s2"].map((id) => [
      `GET ${SCENARIOS}${id}/`,
      {
        ...scenario(id, id === "s1" ? "Po równo" : "Do wyczerpania"),
        ...{ call: "c1", rules: RULES, changes: { amounts: [] }, outcome: OUTCOME, version: `v-${id}` },
      },
    ]),
  ),
  ...more,
});

/** Several fields offer the same things: the one that is meant is in the field's own list. */
async function choose(user: ReturnType<typeof renderAt>["user"], field: string, option: string) {
  const box = await screen.findByRole("combobox", { name: field });
  await user.click(box);
  const list = document.getElementById(box.getAttribute("aria-controls") ?? "") as HTMLElement;
  await user.click(await within(list).findByRole("option", { name: option, hidden: true }));
}

const AT = "/applications/calls/c1/division";
const bodyOf = async (asked: readonly Request[], method: string) =>
  asked.find((one) => one.method === method && one.url.includes("scenarios"))?.json();

it("tells in words who gets money, and moves the line by keys, tried on the server before it is saved", async () => {
  const { user, asked } = renderAt(
    AT,
    server({
      [`POST ${SCENARIOS}s1/trial/`]: MOVED,
      [`PATCH ${SCENARIOS}s1/`]: (request) => json({ id: request.url }),
    }),
  );
  const told = await screen.findByText(/^Nad linią:/);
  expect(told).toHaveTextContent("Nad linią: 2 wnioski, razem 14 000,00 zł. Na pozostałe brakuje 9 000,00 zł.");
  const line = screen.getByRole("slider", { name: "Linia podziału" });
  line.focus();
  await user.keyboard("{ArrowUp}");
  await waitFor(() => expect(told).toHaveTextContent("Nad linią: 1 wniosek, razem 8 000,00 zł."));
  expect(await bodyOf(asked, "POST")).toEqual({
    rules: RULES,
    changes: { amounts: [], line: { after: 1, reason: "Próba" } },
  });
  expect(screen.queryByRole("button", { name: "Zarekomenduj ten podział" })).toBeNull();
  const save = screen.getByRole("button", { name: "Zapisz linię" });
  expect(save).toBeDisabled();
  await user.type(screen.getByRole("textbox", { name: "Powód przesunięcia linii" }), "Rada dała mniej.");
  await user.click(save);
  await waitFor(async () =>
    expect(await bodyOf(asked, "PATCH")).toEqual({
      changes: { amounts: [], line: { after: 1, reason: "Rada dała mniej." } },
    }),
  );
  expect(asked.find(({ method }) => method === "PATCH")?.headers.get("If-Match")).toBe('"v-s1"');
});

it("puts the line back where it stood when the trial is given up", async () => {
  const { user } = renderAt(AT, server({ [`POST ${SCENARIOS}s1/trial/`]: MOVED }));
  const line = await screen.findByRole("slider", { name: "Linia podziału" });
  line.focus();
  await user.keyboard("{ArrowUp}");
  await user.click(await screen.findByRole("button", { name: "Cofnij" }));
  expect(screen.getByRole("slider", { name: "Linia podziału" })).toHaveAttribute("aria-valuenow", "2");
  expect(screen.getByText(/^Nad linią:/)).toHaveTextContent("Nad linią: 2 wnioski");
});

it("asks before it recommends, and says what the server says when the pot has less", async () => {
  const { user } = renderAt(
    AT,
    server({ [`POST ${SCENARIOS}s1/recommend/`]: () => problem(409, "W puli „Granty” zostało 12 000,00 zł.") }),
  );
  await user.click(await screen.findByRole("button", { name: "Zarekomenduj ten podział" }));
  const dialog = await screen.findByRole("dialog", { name: "Zarekomendować ten podział?" });
  expect(dialog).toHaveTextContent("Środki wszystkich wniosków nad linią zostaną zarezerwowane naraz.");
  await user.click(within(dialog).getByRole("button", { name: "Zarekomenduj" }));
  expect(await within(dialog).findByRole("alert")).toHaveTextContent("W puli „Granty” zostało 12 000,00 zł.");
});

it("says against another scenario who gains and who loses", async () => {
  const { user } = renderAt(
    AT,
    server({
      [`GET ${SCENARIOS}s1/comparison/`]: {
        differences: [
          { key: "a", title: "Projekt a", unit: "SP 1", before: "8000.00", after: "6000.00", change: "-2000.00" },
          { key: "b", title: "Projekt b", unit: "SP 2", before: "6000.00", after: "6000.00", change: "0.00" },
        ],
        ...{ given_before: "14000.00", given_after: "12000.00", over_before: 2, over_after: 2 },
        ...{ gained: "0.00", lost: "2000.00", gaining: 0, losing: 1 },
      },
    }),
  );
  await choose(user, "Porównaj z", "Do wyczerpania");
  const table = await screen.findByRole("table", { name: "Różnice wobec „Do wyczerpania”" });
  expect(within(table).getAllByRole("row")).toHaveLength(2);
  expect(within(table).getByRole("row", { name: /Projekt a/ })).toHaveTextContent("8 000,00 zł6 000,00 zł ▼");
});

it("makes a scenario of the plainest rules, and asks for what it cannot choose by itself", async () => {
  const { user, asked } = renderAt(
    AT,
    server({ "POST /api/v1/applications/calls/c1/scenarios/": () => json(scenario("s2", "Do wyczerpania"), 201) }),
  );
  await user.type(await screen.findByRole("textbox", { name: "Nazwa wariantu" }), "Nowy");
  await user.click(screen.getByRole("button", { name: "Załóż wariant" }));
  expect(await screen.findByText("Wybierz, co układa ranking.")).toBeVisible();
  for (const [field, option] of [
    ["Ranking według", "Ocena komisji: wynik"],
    ["Kwota, o którą się wnioskuje", "Wnioskowana kwota"],
  ] as const) {
    await choose(user, field, option);
  }
  await user.click(screen.getByRole("button", { name: "Załóż wariant" }));
  await waitFor(async () =>
    expect(await bodyOf(asked, "POST")).toEqual({
      name: "Nowy",
      rules: {
        order: [{ by: "ocena" }, { by: "zlozono", direction: "rising" }],
        amount: { way: "asked", by: "kwota" },
        asked: "kwota",
        pots: [{ code: "granty" }],
      },
      changes: {},
    }),
  );
});
