import { screen, waitFor, within } from "@testing-library/react";
import { ANSWER, bodiesOf, COUNTS, DRAFT, inDays, SENT } from "@tests/messaging";
import { page, problem, renderAt, type Server } from "@tests/render";
import { expect, it } from "vitest";
import type { Schemas } from "@/api/client";

const AT = "/messaging/messages/m1";
const ONE = "/api/v1/messaging/messages/m1/";

const delivery = (name: string, fields: Partial<Schemas["DeliveryOut"]> = {}): Schemas["DeliveryOut"] => ({
  id: `d-${name}`,
  recipient: { kind: "unit", id: `u-${name}`, short_name: name, name: `Szkoła ${name}` },
  due_at: null,
  recalled_at: null,
  delivered_at: "2026-11-20T09:00:00Z",
  opened_at: null,
  opened_by: null,
  openings: 0,
  reminded_at: null,
  answered_at: null,
  answer_version: 0,
  answer_text: "",
  problem: "",
  entered: "",
  is_late: false,
  files: [],
  ...fields,
});

const ROWS = [
  delivery("SP 1", {
    opened_at: "2026-11-20T10:00:00Z",
    opened_by: "Jan Kowalski",
    openings: 3,
    answered_at: "2026-11-21T10:00:00Z",
    answer_version: 2,
    answer_text: "Dane wstępne",
    files: ANSWER.files,
  }),
  delivery("SP 2", { delivered_at: null }),
  delivery("SP 3", { is_late: true, reminded_at: "2026-11-22T10:00:00Z" }),
  delivery("SP 4", { answered_at: "2026-11-22T10:00:00Z", answer_version: 1, is_late: true, problem: "Uszkodzony." }),
];

const server = (more: Server = {}): Server => ({
  [`GET ${ONE}`]: SENT,
  [`GET ${ONE}deliveries/`]: page(ROWS),
  ...more,
});

it("tells the sender who was not reached, and does not say that it is still being delivered", async () => {
  const counts = { ...COUNTS, delivered: COUNTS.recipients - 1 };
  renderAt(AT, server({ [`GET ${ONE}`]: { ...SENT, counts, trouble: "Nie dotarła do SP 2." } }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Nie dotarła do SP 2.");
  expect(screen.getByText(`Doręczono: ${counts.delivered} z ${counts.recipients}.`)).toBeVisible();
});

it("tells of each recipient who opened it and when, what was answered, and who is silent", async () => {
  renderAt(AT, server());
  const row = (name: RegExp) => screen.findByRole("row", { name });
  const first = await row(/^SP 1/);
  expect(first).toHaveTextContent("Jan Kowalski, 3 razy");
  expect(first).toHaveTextContent("w terminie");
  expect(first).toHaveTextContent("wersja 2");
  expect(first).toHaveTextContent("Dane wstępne");
  expect(within(first).getByRole("link", { name: "ankieta SP 1.xlsx" })).toHaveAttribute(
    "href",
    "/api/v1/messaging/answer-files/af1/download/",
  );
  expect(await row(/^SP 2/)).toHaveTextContent("w drodze");
  expect(await row(/^SP 3/)).toHaveTextContent("milczy po terminie");
  expect(await row(/^SP 3/)).toHaveTextContent("ponaglono 22.11.2026");
  expect(await row(/^SP 4/)).toHaveTextContent("po terminie");
  expect(await row(/^SP 4/)).toHaveTextContent("arkusz do sprawdzenia");
});

it("leaves the recipients of one status in the table, and exports the table as it stands", async () => {
  const { user, asked } = renderAt(AT, server());
  const tiles = await screen.findByRole("group", { name: "Pokaż adresatów" });
  const silent = within(tiles).getByRole("button", { name: "59 Milczą" });
  await user.click(silent);
  expect(silent).toHaveAttribute("aria-pressed", "true");
  await waitFor(() =>
    expect(asked.some(({ url }) => url.includes("/deliveries/?") && url.includes("status=silent"))).toBe(true),
  );
  expect(screen.getByRole("link", { name: "Pobierz xlsx" })).toHaveAttribute("href", `${ONE}export/?status=silent`);
  await user.click(silent);
  expect(within(tiles).getByRole("button", { name: "119 Wszyscy" })).toHaveAttribute("aria-pressed", "true");
});

it("offers everything in one ZIP and the merge, to whoever may", async () => {
  renderAt(AT, server());
  expect(await screen.findByRole("link", { name: "Zapisz wszystko (ZIP)" })).toHaveAttribute("href", `${ONE}archive/`);
  expect(screen.getByRole("link", { name: "Scal arkusze" })).toHaveAttribute("href", "/messaging/messages/m1/merge");
});

it.each([1, 2, 5, 59])("says of %i how many of all are silent, in one order of words", async (silent) => {
  renderAt(AT, server({ [`GET ${ONE}`]: { ...SENT, counts: { ...COUNTS, silent } } }));
  expect(await screen.findByText(`adresatów: milczy ${silent} z 119`)).toBeVisible();
});

it("offers neither chasing nor merging to whoever may only look", async () => {
  renderAt(AT, server({ [`GET ${ONE}`]: { ...SENT, can: ["export", "archive"] } }));
  await screen.findByRole("link", { name: "Zapisz wszystko (ZIP)" });
  expect(screen.queryByRole("link", { name: "Scal arkusze" })).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Ponaglij milczących" })).not.toBeInTheDocument();
});

it("chases the silent ones after a question, and says how many", async () => {
  const { user, asked } = renderAt(AT, server({ [`POST ${ONE}reminders/`]: { reminded: 57 } }));
  await user.click(await screen.findByRole("button", { name: "Ponaglij milczących" }));
  const dialog = await screen.findByRole("dialog", { name: "Ponaglić 59 adresatów?" });
  expect(asked.some(({ method }) => method === "POST")).toBe(false);
  await user.click(within(dialog).getByRole("button", { name: "Ponaglij" }));
  expect(await screen.findByText("Ponaglono: 57 adresatów.")).toBeVisible();
});

it("says in the question why nobody was chased", async () => {
  const detail = "Nie ma kogo ponaglać.";
  const { user } = renderAt(AT, server({ [`POST ${ONE}reminders/`]: () => problem(409, detail) }));
  await user.click(await screen.findByRole("button", { name: "Ponaglij milczących" }));
  const dialog = await screen.findByRole("dialog");
  await user.click(within(dialog).getByRole("button", { name: "Ponaglij" }));
  expect(await within(dialog).findByText(detail)).toBeVisible();
});

it("looks again by itself while deliveries run", async () => {
  let looks = 0;
  renderAt(
    AT,
    server({
      [`GET ${ONE}`]: () => {
        looks += 1;
        return { ...SENT, counts: { ...COUNTS, delivered: looks === 1 ? 40 : 119 } };
      },
    }),
  );
  expect(await screen.findByText("Trwa doręczanie: 40 z 119. Ta strona odświeża się sama.")).toBeVisible();
  expect(await screen.findByText(/^Doręczono wszystkim \(119 adresatów\)/, {}, { timeout: 5000 })).toBeVisible();
});

it("tells the whole story of one recipient", async () => {
  const { user } = renderAt(
    AT,
    server({
      "GET /api/v1/messaging/deliveries/d-SP 1/": {},
      "GET /api/v1/messaging/deliveries/d-SP%201/": {
        id: "d-SP 1",
        message: "m1",
        recipient: ROWS[0]?.recipient,
        delivered_at: "2026-11-20T09:00:00Z",
        reminded_at: null,
        readings: [{ person: "Anna Lis", first_at: inDays(-1), last_at: inDays(-1), count: 2 }],
        answers: [{ ...ANSWER, version: 2 }, ANSWER],
      },
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Historia: SP 1" }));
  const dialog = await screen.findByRole("dialog", { name: "Historia: SP 1" });
  expect(await within(dialog).findByText(/^Anna Lis: otwarto/)).toHaveTextContent("w sumie 2 razy");
  expect(within(dialog).getByText("Wersja 2")).toBeVisible();
  expect(within(dialog).getByText("1 wcześniejsza wersja")).toBeVisible();
});

it("leads to the editor while the message is a draft", async () => {
  const { router } = renderAt("/messaging/messages/m2", { "GET /api/v1/messaging/messages/m2/": DRAFT });
  await waitFor(() => expect(router.state.location.pathname).toBe("/messaging/compose/m2"));
});

const ENTERED = "Wpisane w imieniu SP 3, na podstawie: pismo z dnia 20.11.2026, znak 7. Wpisał(a): Anna Nowak.";
const RUN = { ...SENT, can: [...SENT.can, "enter_answer"] };

it("offers whoever runs the message to enter what came on paper, where the unit has not answered itself", async () => {
  const rows = [
    ...ROWS,
    delivery("SP 5", { answered_at: "2026-11-22T10:00:00Z", answer_version: 1, entered: ENTERED }),
    { ...delivery("os"), recipient: { kind: "person" as const, id: "p1", short_name: "Jan Lis", name: "Jan Lis" } },
  ];
  renderAt(AT, server({ [`GET ${ONE}`]: RUN, [`GET ${ONE}deliveries/`]: page(rows) }));
  await screen.findByRole("row", { name: /^SP 5/ });
  expect(screen.getAllByRole("button", { name: /^Wpisz odpowiedź z papieru/ }).map((one) => one.ariaLabel)).toEqual([
    "Wpisz odpowiedź z papieru: SP 3",
  ]);
  expect(screen.getByRole("button", { name: "Popraw wpisaną odpowiedź: SP 5" })).toBeVisible();
  expect(screen.getByRole("row", { name: /^SP 5/ })).toHaveTextContent(ENTERED);
});

it("offers it to nobody else", async () => {
  renderAt(AT, server());
  await screen.findByRole("row", { name: /^SP 3/ });
  expect(screen.queryByRole("button", { name: /^Wpisz odpowiedź/ })).not.toBeInTheDocument();
});

it("enters an answer with its ground, and asks for a ground that is lacking", async () => {
  const lacking = [{ field: "ground_words", detail: "Podaj znak pisma albo rozmówcę." }];
  const answered = async (request: Request) =>
    (await request.json()).ground_words === "" ? problem(422, "Popraw wskazane pola.", lacking) : ANSWER;
  const { user, asked } = renderAt(
    AT,
    server({ [`GET ${ONE}`]: RUN, "POST /api/v1/messaging/deliveries/d-SP%203/answers/": answered }),
  );
  await user.click(await screen.findByRole("button", { name: "Wpisz odpowiedź z papieru: SP 3" }));
  const dialog = await screen.findByRole("dialog", { name: "Odpowiedź w imieniu SP 3" });
  await user.type(within(dialog).getByLabelText("Co odpowiedziała jednostka"), "24 uczniów");
  await user.click(within(dialog).getByRole("button", { name: "Wpisz odpowiedź" }));
  await waitFor(() => expect(within(dialog).getByLabelText(/^Znak pisma/)).toBeInvalid());

  await user.click(within(dialog).getByLabelText("rozmowa telefoniczna"));
  await user.type(within(dialog).getByLabelText(/^Z kim rozmawiano/), "dyrektor");
  await user.type(within(dialog).getByLabelText(/^Z dnia/), "20.11.2026{Enter}");
  await user.click(within(dialog).getByRole("button", { name: "Wpisz odpowiedź" }));
  expect(await screen.findByText("Wpisano odpowiedź w imieniu SP 3.")).toBeVisible();
  const [, sent] = await bodiesOf(asked, "POST", "/api/v1/messaging/deliveries/d-SP%203/answers/");
  expect(sent).toEqual({
    text: "24 uczniów",
    files: [],
    workbook: null,
    scan: null,
    ground: "phone",
    ground_on: "2026-11-20",
    ground_words: "dyrektor",
    despite_problems: false,
  });
});

it("shows in the story of whoever answered on paper, unopened, on what ground", async () => {
  const row = delivery("SP 5", { answered_at: "2026-11-22T10:00:00Z", answer_version: 1, entered: ENTERED });
  const { user } = renderAt(
    AT,
    server({
      [`GET ${ONE}deliveries/`]: page([row]),
      "GET /api/v1/messaging/deliveries/d-SP%205/": {
        ...{ id: "d-SP 5", message: "m1", recipient: row.recipient, delivered_at: null, reminded_at: null },
        ...{ readings: [], answers: [{ ...ANSWER, entered: ENTERED }] },
      },
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Historia: SP 5" }));
  expect(await within(await screen.findByRole("dialog")).findByText(ENTERED)).toBeVisible();
});

it("counts down while the sending can be undone, and brings back the draft", async () => {
  const held = { ...SENT, leaves_in: 8, can: ["undo"], counts: { ...COUNTS, delivered: 0 } };
  const draft = { ...DRAFT, id: "m1", subject: "Ankieta o obiadach" };
  let isUndone = false;
  const { user, asked } = renderAt(AT, {
    ...server({
      [`GET ${ONE}`]: () => (isUndone ? draft : held),
      [`POST ${ONE}undo/`]: () => {
        isUndone = true;
        return draft;
      },
    }),
    "POST /api/v1/messaging/audience/": {
      units: 119,
      people: 0,
      named: "119 jednostek",
      after_do: "119 jednostek",
      undo_seconds: 10,
      acceptance: "none",
    },
  });
  const bar = await screen.findByRole("region", { name: "Cofnięcie wysłania" });
  expect(within(bar).getByRole("timer")).toHaveTextContent(/Wiadomość wyjdzie za [78] sekund/);
  expect(screen.queryByRole("button", { name: "Ponaglij milczących" })).toBeNull();
  await user.click(within(bar).getByRole("button", { name: "Cofnij wysłanie" }));
  expect(await screen.findByLabelText("Temat")).toHaveValue("Ankieta o obiadach");
  expect(asked.filter(({ url }) => url.endsWith("/undo/"))).toHaveLength(1);
});
