import { screen, waitFor, within } from "@testing-library/react";
import { bodiesOf, SENT } from "@tests/messaging";
import { json, renderAt, type Server } from "@tests/render";
import { expect, it } from "vitest";
import type { Schemas } from "@/api/client";

const AT = "/messaging/messages/m1/merge";
const ONE = "/api/v1/messaging/messages/m1/";

const remark = (
  unit: string,
  cell: string,
  sentence: string,
  { kind = "not_a_number", number = null as number | null } = {},
) => ({
  unit,
  rspo: "",
  file: `${unit}.xlsx`,
  sheet: "Arkusz1",
  cell,
  kind,
  sentence,
  number,
});

const DONE: Schemas["MergeOut"] = {
  id: "x1",
  mode: "stack",
  mode_used: "stack",
  state: "done",
  standstill: null,
  progress: 117,
  total: 117,
  started_by: "Anna Nowak",
  created_at: "2026-11-23T09:00:00Z",
  finished_at: "2026-11-23T09:01:00Z",
  failure: "",
  report: {
    rows: 1234,
    workbooks: 116,
    sheets: [],
    rejected: [{ unit: "SP 9", file: "zepsuty.xlsx", reason: "Plik jest uszkodzony.", answer: "a9" }],
    left_out: [],
    silent: 2,
    otherwise: 0,
    remarks: [
      remark("SP 9", "", "Plik jest uszkodzony.", { kind: "rejected" }),
      remark("SP 1", "C4", "„dwa” nie jest liczbą; zostawiono tekst.", { number: 1 }),
      remark("Żłobek 2", "B7", "Komórka zawiera błąd #REF!.", { number: 2 }),
    ],
    remark_count: 3,
  },
};

const PROPOSED: Schemas["MergeProposalOut"] = {
  mode: "form",
  is_looked_at: true,
  failure: "",
  workbooks: 117,
  fresh: 117,
};
const WISHES = "/api/v1/messaging/merges/x1/file-requests/";
const UNASKED = { answer: "a9", asked_by: null, asked_at: null, is_replaced: false };

const server = (merges: readonly object[], more: Server = {}): Server => ({
  [`GET ${ONE}`]: SENT,
  [`GET ${ONE}merge-proposal/`]: PROPOSED,
  [`GET ${ONE}merges/`]: merges,
  "GET /api/v1/messaging/merges/x1/": DONE,
  [`GET ${WISHES}`]: [UNASKED],
  ...more,
});

it("proposes the mode in plain words, and merges in the one that was chosen instead", async () => {
  const { user, asked } = renderAt(AT, server([], { [`POST ${ONE}merges/`]: () => json(DONE, 202) }));
  expect(await screen.findByRole("radio", { name: "Jedna jednostka, jeden wiersz (proponowany)" })).toBeChecked();
  await user.click(screen.getByRole("radio", { name: "Wiersz pod wierszem" }));
  await user.click(screen.getByRole("button", { name: "Scal 117 arkuszy" }));
  expect(await screen.findByText("119 = 116 scalonych + 1 odrzucony + 2 milczące")).toBeVisible();
  expect(screen.getByText("1 234 wiersze")).toBeVisible();
  expect(screen.getByText("Twój: przejrzyj 1 niescalony plik i 2 uwagi")).toBeVisible();
  expect(screen.getByRole("heading", { name: "Uwagi (2)" })).toBeVisible();
  expect(await bodiesOf(asked, "POST", `${ONE}merges/`)).toEqual([{ mode: "stack" }]);
});

it("has the template looked at once, in the background, and proposes when it is", async () => {
  let looks = 0;
  const { asked } = renderAt(
    AT,
    server([], {
      [`GET ${ONE}merge-proposal/`]: () => {
        looks += 1;
        return looks < 3 ? { ...PROPOSED, mode: null, is_looked_at: looks > 1 } : PROPOSED;
      },
      [`POST ${ONE}merge-proposal/`]: () => json({ ...PROPOSED, mode: null }, 202),
    }),
  );
  expect(await screen.findByText("Oglądam szablon, żeby zaproponować sposób scalania…")).toBeVisible();
  expect(await screen.findByRole("radio", { name: "Jedna jednostka, jeden wiersz (proponowany)" })).toBeChecked();
  const pressed = asked.filter(({ method, url }) => method === "POST" && url.endsWith("merge-proposal/"));
  expect(pressed).toHaveLength(1);
});

it("says why a template cannot be merged, and offers nothing to press", async () => {
  const told = { ...PROPOSED, mode: null, failure: "W szablonie nie ma czego wypełnić." };
  renderAt(AT, server([], { [`GET ${ONE}merge-proposal/`]: told }));
  expect(await screen.findByRole("alert")).toHaveTextContent("W szablonie nie ma czego wypełnić.");
  expect(screen.queryByRole("button", { name: /^Scal / })).not.toBeInTheDocument();
});

it("shows how far it is until it is done, and lets no other one start meanwhile", async () => {
  let looks = 0;
  renderAt(
    AT,
    server([{ ...DONE, state: "running", progress: 40, report: null }], {
      "GET /api/v1/messaging/merges/x1/": () => {
        looks += 1;
        return looks === 1 ? { ...DONE, state: "running", progress: 40, report: null } : DONE;
      },
    }),
  );
  expect(await screen.findByText("40 z 117")).toBeVisible();
  expect(screen.getByRole("button", { name: "Scal 117 arkuszy" })).toBeDisabled();
  expect(await screen.findByRole("region", { name: "Wynik scalania" }, { timeout: 5000 })).toBeVisible();
});

it("reports rejected files with reasons, and remarks with unit, sheet and cell", async () => {
  renderAt(AT, server([DONE]));
  const result = await screen.findByRole("region", { name: "Wynik scalania" });
  expect(screen.getByRole("link", { name: "Pobierz scalony arkusz" })).toHaveAttribute(
    "href",
    "/api/v1/messaging/merges/x1/download/",
  );
  expect(within(result).getByText("SP 9: zepsuty.xlsx")).toBeVisible();
  const remarks = within(result).getByRole("table", { name: "Uwagi do arkuszy" });
  expect(
    within(remarks)
      .getAllByRole("row")
      .slice(1)
      .map(({ textContent }) => textContent),
  ).toEqual([
    "SP 1Arkusz: Arkusz1Komórka: C4Uwaga: „dwa” nie jest liczbą; zostawiono tekst.",
    "Żłobek 2Arkusz: Arkusz1Komórka: B7Uwaga: Komórka zawiera błąd #REF!.",
  ]);
  expect(within(result).getByRole("heading", { name: "Uwagi (2)" })).toBeVisible();
});

it("tells of a merge in which nobody is missing that it is whole", async () => {
  const whole = {
    ...DONE,
    report: { ...DONE.report, workbooks: 119, rejected: [], silent: 0, remarks: [], remark_count: 0 },
  };
  renderAt(AT, server([whole], { "GET /api/v1/messaging/merges/x1/": whole }));
  expect(await screen.findByText("119 arkuszy, wszystkie scalone")).toBeVisible();
  expect(screen.getByText("niczyj: wszystko scalono bez uwag")).toBeVisible();
});

it("groups what is remarked of many units, and unfolds to their names and cells", async () => {
  const same = "Kolumnę „Klasy” uznano za „Klasa”, bo różni się tylko pisownią.";
  const remarks = [remark("SP 1", "B1", same, { number: 0 }), remark("SP 2", "C1", same, { number: 1 })];
  const many = { ...DONE, report: { ...DONE.report, rejected: [], remarks, remark_count: 2 } };
  const { user } = renderAt(AT, server([many], { "GET /api/v1/messaging/merges/x1/": many }));
  const table = await screen.findByRole("table", { name: "Uwagi do arkuszy" });
  expect(within(table).getAllByRole("row")).toHaveLength(2);
  await user.click(within(table).getByText("2 jednostki"));
  expect(
    within(table)
      .getAllByRole("listitem")
      .map(({ textContent }) => textContent),
  ).toEqual(["SP 1, B1", "SP 2, C1"]);
  expect(within(table).getByRole("link", { name: "Pokaż komórkę C1" })).toBeVisible();
});

it("asks for a new file in place of a refused one, and says since when it is waited for", async () => {
  let isAsked = false;
  const { user, asked } = renderAt(
    AT,
    server([DONE], {
      [`GET ${ONE}`]: { ...SENT, can: ["merge"] },
      [`GET ${WISHES}`]: () => [
        isAsked ? { ...UNASKED, asked_by: "Ewa Lis", asked_at: "2026-11-23T09:05:00Z" } : UNASKED,
      ],
      [`POST ${WISHES}`]: () => {
        isAsked = true;
        return json([], 201);
      },
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Poproś o nowy plik: SP 9" }));
  expect(
    await screen.findByText("Poproszono o nowy plik 23.11.2026, 10:05: Ewa Lis. Jeszcze go nie ma."),
  ).toBeVisible();
  expect(await bodiesOf(asked, "POST", WISHES)).toEqual([{ answer: "a9" }]);
});

it("offers no new file to whoever only looks, and says when one has come", async () => {
  renderAt(
    AT,
    server([DONE], { [`GET ${ONE}`]: { ...SENT, can: [] }, [`GET ${WISHES}`]: [{ ...UNASKED, is_replaced: true }] }),
  );
  expect(await screen.findByText("Przyszła nowsza odpowiedź: scal arkusze jeszcze raz.")).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Poproś o nowy plik/ })).not.toBeInTheDocument();
});

it("narrows the remarks to one unit or to words, whatever their case and tails", async () => {
  const { user } = renderAt(AT, server([DONE]));
  await user.type(await screen.findByLabelText("Szukaj w uwagach"), "zlobek");
  await waitFor(() => expect(screen.queryByRole("row", { name: /SP 1/ })).not.toBeInTheDocument());
  expect(screen.getByRole("row", { name: /Żłobek 2/ })).toBeVisible();
});

it("says that a merge whose process was killed goes on by itself, and lets no other one start", async () => {
  const broken = { ...DONE, state: "running", standstill: "interrupted", progress: 40, report: null };
  renderAt(AT, server([broken], { "GET /api/v1/messaging/merges/x1/": broken }));
  expect(await screen.findByText(/^Scalanie zostało przerwane po stronie serwera/)).toBeVisible();
  expect(await screen.findByRole("button", { name: "Scal 117 arkuszy" })).toBeDisabled();
});

it("lets a new one start where nobody will ever finish the last", async () => {
  const lost = { ...DONE, state: "running", standstill: "lost", progress: 40, report: null };
  renderAt(AT, server([lost], { "GET /api/v1/messaging/merges/x1/": lost }));
  expect(await screen.findByText("Scalanie zostało przerwane. Uruchom je ponownie.")).toBeVisible();
  expect(await screen.findByRole("button", { name: "Scal 117 arkuszy" })).toBeEnabled();
});

it("says why a merge failed", async () => {
  const failed = { ...DONE, state: "failed", report: null, failure: "Szablon nie ma nagłówków." };
  renderAt(AT, server([failed], { "GET /api/v1/messaging/merges/x1/": failed }));
  expect(await screen.findByText("Szablon nie ma nagłówków.")).toBeVisible();
});

it("lists earlier merges, and shows the one that is pressed", async () => {
  const older = { ...DONE, id: "x0", created_at: "2026-11-22T09:00:00Z" };
  const { user, router } = renderAt(
    AT,
    server([DONE, older], {
      "GET /api/v1/messaging/merges/x0/": { ...older, report: { ...DONE.report, workbooks: 5 } },
    }),
  );
  await user.click(await screen.findByRole("link", { name: "22.11.2026, 10:00" }));
  expect(await screen.findByText("8 = 5 scalonych + 1 odrzucony + 2 milczące")).toBeVisible();
  expect(router.state.location.search).toBe("?merge=x0");
});

it("says of what is merged already that it is", async () => {
  renderAt(AT, server([DONE], { [`GET ${ONE}merge-proposal/`]: { ...PROPOSED, fresh: 0 } }));
  expect(await screen.findByText(/^117 arkuszy, wszystkie już scalone\./)).toBeVisible();
});

it("says how much is new beside what is merged", async () => {
  renderAt(AT, server([DONE], { [`GET ${ONE}merge-proposal/`]: { ...PROPOSED, workbooks: 118, fresh: 2 } }));
  expect(await screen.findByText(/^2 arkusze czekają na scalenie/)).toHaveTextContent(
    "Wynik obejmie wszystkie: 118 arkuszy.",
  );
});

it("says that there is nothing to merge yet", async () => {
  renderAt(
    AT,
    server([], { [`GET ${ONE}merge-proposal/`]: { ...PROPOSED, mode: null, is_looked_at: false, workbooks: 0 } }),
  );
  expect(await screen.findByText("Nie ma jeszcze czego scalać")).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Scal / })).not.toBeInTheDocument();
});

const CELL: Schemas["RemarkedCellOut"] = {
  unit: "SP 1",
  file: "SP 1.xlsx",
  sheet: "Arkusz1",
  cell: "C4",
  sentence: "„dwa” nie jest liczbą; zostawiono tekst.",
  answer_file: "af1",
  first_row: 3,
  columns: ["B", "C"],
  rows: [
    ["1a", "21"],
    ["1b", "dwa"],
  ],
  marked: [[1, 1]],
};

const CELLS: Server = {
  "GET /api/v1/messaging/merges/x1/remarks/1/": CELL,
  "GET /api/v1/messaging/merges/x1/remarks/2/": {
    ...CELL,
    cell: "B7",
    rows: [["", ""]],
    first_row: 7,
    marked: [[0, 0]],
  },
};

it("leads from a remark to its cell in the answer, marked and focused, and back to the remark", async () => {
  const { user, router } = renderAt(AT, server([DONE], CELLS));
  const link = await screen.findByRole("link", { name: "Pokaż komórkę C4" });
  await user.click(link);

  const dialog = await screen.findByRole("dialog", { name: "Komórka, której dotyczy uwaga" });
  const cell = await within(dialog).findByRole("cell", { name: "Komórka C4: dwa" });
  expect(cell).toHaveFocus();
  expect(within(dialog).getByText("SP 1: SP 1.xlsx, arkusz „Arkusz1”")).toBeVisible();
  expect(within(dialog).getByRole("rowheader", { name: "4" })).toBeVisible();
  expect(within(dialog).getByRole("link", { name: "Pobierz cały plik" })).toHaveAttribute(
    "href",
    "/api/v1/messaging/answer-files/af1/download/",
  );

  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  await waitFor(() => expect(screen.getByRole("link", { name: "Pokaż komórkę C4" })).toHaveFocus());
  expect(router.state.location.search).toBe("");
});

it("steps from one remark to the next among those that the list shows", async () => {
  const { user } = renderAt(`${AT}?remark=1`, server([DONE], CELLS));
  expect(await screen.findByRole("cell", { name: "Komórka C4: dwa" })).toHaveFocus();
  expect(screen.getByRole("button", { name: "Poprzednia uwaga" })).toBeDisabled();
  await user.click(screen.getByRole("button", { name: "Następna uwaga" }));
  expect(await screen.findByRole("cell", { name: "Komórka B7: pusta" })).toHaveFocus();
  expect(screen.getByRole("button", { name: "Następna uwaga" })).toBeDisabled();
});

it("says when the cell cannot be shown, and tries again", async () => {
  let tries = 0;
  const { user } = renderAt(
    `${AT}?remark=1`,
    server([DONE], {
      "GET /api/v1/messaging/merges/x1/remarks/1/": () => {
        tries += 1;
        return tries > 1 ? CELL : json({ title: "Nie ma takiej strony albo nie masz do niej dostępu." }, 404);
      },
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Spróbuj ponownie" }));
  expect(await screen.findByRole("cell", { name: "Komórka C4: dwa" })).toBeVisible();
});
