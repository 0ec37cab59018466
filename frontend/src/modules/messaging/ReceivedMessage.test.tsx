import { screen, waitFor, within } from "@testing-library/react";
import { ANSWER, bodiesOf, inDays, RECEIVED, readingOf, takeUploads, WANTS_WORKBOOK } from "@tests/messaging";
import { json, problem, renderAt, type Server } from "@tests/render";
import { beforeEach, expect, it } from "vitest";

const AT = "/messaging/inbox/d1";
const ANSWERS = "/api/v1/messaging/inbox/d1/answers/";
const server = (received: object = RECEIVED): Server => ({
  "GET /api/v1/messaging/inbox/d1/": received,
  "POST /api/v1/messaging/inbox/d1/open/": RECEIVED,
});
const xlsx = (name = "wypełniona.xlsx") => new File(["x"], name);
const drop = () => screen.findByLabelText("Dodaj wypełniony arkusz", { selector: "input" });
const UNREADABLE = "Nie udało się odczytać arkusza „wypełniona.xlsx”. Plik jest uszkodzony.";
const refusal = () =>
  problem(422, UNREADABLE, [{ field: "workbook", detail: "Plik jest uszkodzony." }], "workbook_unreadable");

beforeEach(() => localStorage.clear());

it("tells the server once that the person opened it", async () => {
  const { asked } = renderAt(AT, server());
  await screen.findByRole("heading", { level: 1, name: "Ankieta o obiadach" });
  const openings = () => asked.filter(({ url }) => url.endsWith("/open/")).length;
  await waitFor(() => expect(openings()).toBe(1));
  expect(screen.getByText(/do jednostki: Szkoła Podstawowa nr 1/)).toBeVisible();
  const attachments = screen.getByRole("region", { name: "Załączniki" });
  expect(within(attachments).getByRole("link", { name: "ankieta.xlsx" })).toHaveAttribute(
    "href",
    "/api/v1/messaging/attachments/t1/download/",
  );
  expect(openings()).toBe(1);
});

it("sends the workbook that was dropped, by one button", async () => {
  const { user, asked } = renderAt(AT, {
    ...server(),
    ...takeUploads(),
    [`POST ${ANSWERS}`]: () => json(ANSWER, 201),
  });
  await user.upload(await drop(), xlsx());
  await screen.findByRole("img", { name: "Przesłano" });
  await user.click(screen.getByRole("button", { name: "Wyślij odpowiedź" }));
  expect(await screen.findByText("Odpowiedź wysłana.")).toBeVisible();
  expect(await bodiesOf(asked, "POST", ANSWERS)).toEqual([
    { text: "", files: [], workbook: "file-wypełniona.xlsx", despite_problems: false },
  ]);
});

it("says beside the file why a workbook cannot be read, and sends it all the same only on a second word", async () => {
  let attempts = 0;
  const { user, asked } = renderAt(AT, {
    ...server(),
    ...takeUploads(),
    [`POST ${ANSWERS}`]: () => {
      attempts += 1;
      return attempts === 1 ? refusal() : json(ANSWER, 201);
    },
  });
  await user.upload(await drop(), xlsx());
  await screen.findByRole("img", { name: "Przesłano" });
  expect(screen.queryByRole("button", { name: "Wyślij mimo to" })).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Wyślij odpowiedź" }));
  const alert = await screen.findByRole("alert");
  expect(within(alert).getByText(UNREADABLE)).toBeVisible();
  await user.click(within(alert).getByRole("button", { name: "Wyślij mimo to" }));
  await screen.findByText("Odpowiedź wysłana.");
  const bodies = (await bodiesOf(asked, "POST", ANSWERS)) as { despite_problems: boolean }[];
  expect(bodies.map((body) => body.despite_problems)).toEqual([false, true]);
});

it("says that a workbook is no copy of the template, and sends it with a reason", async () => {
  const sentence = "Arkusz „etaty.xlsx” nie wygląda jak wypełniony wzór.";
  const { user, asked } = renderAt(AT, {
    ...server(),
    ...takeUploads(),
    [`POST ${ANSWERS}`]: async (request: Request) =>
      ((await request.clone().json()) as { despite_problems: boolean }).despite_problems
        ? json(ANSWER, 201)
        : problem(422, sentence, [], "workbook_unlike"),
  });
  await user.upload(await drop(), xlsx());
  await screen.findByRole("img", { name: "Przesłano" });
  await user.click(screen.getByRole("button", { name: "Wyślij odpowiedź" }));
  const alert = await screen.findByRole("alert");
  expect(within(alert).getByText(sentence)).toBeVisible();
  await user.type(screen.getByRole("textbox", { name: /Uwagi/ }), "Nie prowadzimy obiadów.");
  await user.click(within(alert).getByRole("button", { name: "Wyślij mimo to" }));
  await screen.findByText("Odpowiedź wysłana.");
  expect((await bodiesOf(asked, "POST", ANSWERS)).at(-1)).toMatchObject({ text: "Nie prowadzimy obiadów." });
});

it("says at the upload that a workbook cannot be read, and sends it only on a second word", async () => {
  const failed = { state: "failed", failure: "Plik jest uszkodzony.", failure_code: "workbook_damaged" };
  const { user, asked } = renderAt(AT, {
    ...server(),
    ...takeUploads(() => failed),
    [`POST ${ANSWERS}`]: () => json(ANSWER, 201),
  });
  await user.upload(await drop(), xlsx());
  const alert = await screen.findByRole("alert");
  expect(within(alert).getByText("Plik jest uszkodzony.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Wyślij odpowiedź" }));
  expect(await bodiesOf(asked, "POST", ANSWERS)).toEqual([]);
  await user.click(within(alert).getByRole("button", { name: "Wyślij mimo to" }));
  await screen.findByText("Odpowiedź wysłana.");
  expect(await bodiesOf(asked, "POST", ANSWERS)).toEqual([
    { text: "", files: [], workbook: "file-wypełniona.xlsx", despite_problems: true },
  ]);
});

it("calls a workbook that is unlike the template just that, and not unreadable", async () => {
  const failed = { state: "failed", failure: "Brakuje nagłówków.", failure_code: "workbook_unlike_template" };
  const { user } = renderAt(AT, { ...server(), ...takeUploads(() => failed) });
  await user.upload(await drop(), xlsx());
  expect(await screen.findByRole("alert")).toHaveTextContent("Ten arkusz nie wygląda jak wypełniony wzór");
  expect(screen.queryByText("Tego arkusza nie da się odczytać")).not.toBeInTheDocument();
});

it("sends by itself, once, what was pressed before the server had read the workbook", async () => {
  let state = "waiting";
  const { user, asked } = renderAt(AT, {
    ...server(),
    ...takeUploads(() => ({ state })),
    [`POST ${ANSWERS}`]: () => json(ANSWER, 201),
  });
  await user.upload(await drop(), xlsx());
  await screen.findByText("Plik czeka na odczytanie…");
  await user.click(screen.getByRole("button", { name: "Wyślij odpowiedź" }));
  expect(await bodiesOf(asked, "POST", ANSWERS)).toEqual([]);
  state = "done";
  expect(await screen.findByText("Odpowiedź wysłana.")).toBeVisible();
  expect(await bodiesOf(asked, "POST", ANSWERS)).toHaveLength(1);
});

it("waits no longer than a few seconds for a server that reads other workbooks", async () => {
  const { user, asked } = renderAt(AT, {
    ...server(),
    ...takeUploads(() => ({ state: "waiting" })),
    [`POST ${ANSWERS}`]: () => json(ANSWER, 201),
  });
  await user.upload(await drop(), xlsx());
  await screen.findByText("Plik czeka na odczytanie…");
  await user.click(screen.getByRole("button", { name: "Wyślij odpowiedź" }));
  expect(await screen.findByText("Odpowiedź wysłana.", {}, { timeout: 6000 })).toBeVisible();
  expect(await bodiesOf(asked, "POST", ANSWERS)).toHaveLength(1);
}, 15_000);

it("finds the workbook again that was added before a reload", async () => {
  const file = {
    id: "f7",
    name: "dawna.xlsx",
    size: 3,
    sha256: "00",
    content_type: "x",
    is_checked: true,
    held_up: "",
  };
  const { user, asked } = renderAt(AT, {
    ...server(),
    "GET /api/v1/files/readings/": [readingOf(file)],
    [`POST ${ANSWERS}`]: () => json(ANSWER, 201),
  });
  expect(await screen.findByText("dawna.xlsx")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Wyślij odpowiedź" }));
  await screen.findByText("Odpowiedź wysłana.");
  expect(await bodiesOf(asked, "POST", ANSWERS)).toEqual([
    { text: "", files: [], workbook: "f7", despite_problems: false },
  ]);
});

it("withdraws the refusal once another workbook takes the place of the broken one", async () => {
  const { user } = renderAt(AT, { ...server(), ...takeUploads(), [`POST ${ANSWERS}`]: refusal });
  await user.upload(await drop(), xlsx());
  await screen.findByRole("img", { name: "Przesłano" });
  await user.click(screen.getByRole("button", { name: "Wyślij odpowiedź" }));
  await screen.findByText(UNREADABLE);
  await user.upload(await drop(), xlsx("poprawiona.xlsx"));
  await waitFor(() => expect(screen.queryByText(UNREADABLE)).not.toBeInTheDocument());
});

it("holds the answer back while a chosen file was refused", async () => {
  const { user, asked } = renderAt(AT, { ...server(), ...takeUploads() });
  await user.upload(await drop(), new File([], "pusty.xlsx"));
  await user.click(screen.getByRole("button", { name: "Wyślij odpowiedź" }));
  expect(screen.getByText(/Jeden z plików nie został przesłany/)).toBeVisible();
  expect(await bodiesOf(asked, "POST", ANSWERS)).toEqual([]);
});

it("keeps what was typed when the screen is left and come back to", async () => {
  const wantsText = { ...RECEIVED, answer_request: { ...WANTS_WORKBOOK, wants_workbook: false, wants_text: true } };
  const { user, router } = renderAt(AT, server(wantsText));
  await user.type(await screen.findByLabelText("Twoja odpowiedź"), "Weźmiemy udział");
  await router.navigate("/messaging/inbox");
  await screen.findByRole("heading", { level: 1, name: "Odebrane" });
  await router.navigate(AT);
  expect(await screen.findByLabelText("Twoja odpowiedź")).toHaveValue("Weźmiemy udział");
});

it("asks before files that were not sent are left behind", async () => {
  const { user, router } = renderAt(AT, { ...server(), ...takeUploads() });
  await user.upload(await drop(), xlsx());
  await screen.findByRole("img", { name: "Przesłano" });
  void router.navigate("/messaging/inbox");
  const dialog = await screen.findByRole("dialog", { name: "Wyjść bez wysłania odpowiedzi?" });
  expect(router.state.location.pathname).toBe(AT);
  await user.click(within(dialog).getByRole("button", { name: "Wyjdź" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/messaging/inbox"));
});

it("gives the message of the unit to a colleague, and says whose it is", async () => {
  const anna = { id: "p9", name: "Anna Kos" };
  let handed: (typeof RECEIVED)["handed"] = null;
  const shown = () => ({ ...RECEIVED, handed, can: ["answer", "hand_over"] });
  const { user, asked } = renderAt(AT, {
    ...server(),
    "GET /api/v1/messaging/inbox/d1/": shown,
    "POST /api/v1/messaging/inbox/d1/open/": shown,
    "GET /api/v1/messaging/inbox/d1/colleagues/": [anna],
    "POST /api/v1/messaging/inbox/d1/hand-over/": () => {
      handed = { to: anna, by: { id: "p1", name: "Jan Kowalski" }, at: "2026-11-20T10:00:00Z" };
      return shown();
    },
    "POST /api/v1/messaging/inbox/d1/take-back/": () => {
      handed = null;
      return shown();
    },
  });
  await user.click(await screen.findByRole("button", { name: "Przekaż komuś z jednostki" }));
  const dialog = await screen.findByRole("dialog", { name: "Komu przekazać tę wiadomość?" });
  await user.click(within(dialog).getByRole("combobox", { name: "Osoba z jednostki" }));
  await user.click(await screen.findByRole("option", { name: "Anna Kos", hidden: true }));
  await user.click(within(dialog).getByRole("button", { name: "Przekaż" }));
  expect(await screen.findByText("Odpowiada: Anna Kos")).toBeVisible();
  expect(await bodiesOf(asked, "POST", "/api/v1/messaging/inbox/d1/hand-over/")).toEqual([{ person: "p9" }]);
  await user.click(screen.getByRole("button", { name: "Odbierz" }));
  expect(await screen.findByRole("button", { name: "Przekaż komuś z jednostki" })).toBeVisible();
  expect(screen.queryByText("Odpowiada: Anna Kos")).toBeNull();
});

it("asks before a correction with added files is given up, and keeps what was sent", async () => {
  const { user } = renderAt(AT, {
    ...server({ ...RECEIVED, answers: [ANSWER], answered_at: ANSWER.sent_at, answer_version: 1 }),
    ...takeUploads(),
  });
  await user.click(await screen.findByRole("button", { name: "Popraw odpowiedź" }));
  await user.click(screen.getByRole("button", { name: "Anuluj" }));
  await user.click(screen.getByRole("button", { name: "Popraw odpowiedź" }));
  await user.upload(await drop(), xlsx());
  await screen.findByRole("img", { name: "Przesłano" });
  await user.click(screen.getByRole("button", { name: "Anuluj" }));
  const dialog = await screen.findByRole("dialog", { name: "Przerwać poprawianie?" });
  await user.click(within(dialog).getByRole("button", { name: "Anuluj" }));
  expect(screen.getByRole("img", { name: "Przesłano" })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Anuluj" }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Przerwij poprawianie" }));
  expect(await screen.findByRole("region", { name: "Odpowiedź została wysłana" })).toBeVisible();
});

it("shows what became of the answer, and sends a new version that keeps the earlier workbook", async () => {
  const { user, asked } = renderAt(AT, {
    ...server({ ...RECEIVED, answers: [ANSWER], answered_at: ANSWER.sent_at, answer_version: 1 }),
    [`POST ${ANSWERS}`]: () => json({ ...ANSWER, version: 2 }, 201),
  });
  const panel = await screen.findByRole("region", { name: "Odpowiedź została wysłana" });
  expect(within(panel).getByText("Wersja 1")).toBeVisible();
  expect(within(panel).getByText("w terminie")).toBeVisible();
  expect(within(panel).getByRole("link", { name: "ankieta SP 1.xlsx" })).toHaveAttribute(
    "href",
    "/api/v1/messaging/answer-files/af1/download/",
  );
  await user.click(within(panel).getByRole("button", { name: "Popraw odpowiedź" }));
  const note = screen.getByLabelText(/Uwagi dla nadawcy/);
  expect(note).toHaveValue("Uwaga do danych");
  await user.type(note, ", poprawiona");
  await user.click(screen.getByRole("button", { name: "Wyślij poprawioną odpowiedź" }));
  await screen.findByText("Odpowiedź wysłana.");
  expect(await bodiesOf(asked, "POST", ANSWERS)).toEqual([
    { text: "Uwaga do danych, poprawiona", files: [], workbook: "f9", despite_problems: false },
  ]);
});

it("tells the unit what was entered for it, and its own answer carries no scan of the office", async () => {
  const entered = "Wpisane w imieniu SP 1, na podstawie: pismo z dnia 20.11.2026, znak 7. Wpisał(a): Anna Nowak.";
  const scan = { id: "af2", file: "f8", name: "skan.pdf", size: 1, role: "scan" as const };
  const given = { ...ANSWER, entered, files: [...ANSWER.files, scan] };
  const { user, asked } = renderAt(AT, {
    ...server({ ...RECEIVED, answers: [given], answered_at: ANSWER.sent_at, answer_version: 1 }),
    [`POST ${ANSWERS}`]: () => json({ ...ANSWER, version: 2 }, 201),
  });
  const panel = await screen.findByRole("region", { name: "Odpowiedź wpisał wydział" });
  expect(within(panel).getByText(entered)).toBeVisible();
  expect(within(panel).getByRole("link", { name: "skan.pdf" })).toBeVisible();
  await user.click(within(panel).getByRole("button", { name: "Odpowiedz samodzielnie" }));
  await user.click(screen.getByRole("button", { name: "Wyślij poprawioną odpowiedź" }));
  await screen.findByText("Odpowiedź wysłana.");
  const [sent] = await bodiesOf(asked, "POST", ANSWERS);
  expect(sent).toMatchObject({ workbook: "f9", files: [] });
});

it("closes the answer after the lock, and says until when answers were taken", async () => {
  renderAt(
    AT,
    server({ ...RECEIVED, answer_request: { ...WANTS_WORKBOOK, due_at: inDays(-3), locks_at: inDays(-1) } }),
  );
  expect(await screen.findByText(/^Odpowiedzi przyjmowano do/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Wyślij odpowiedź" })).not.toBeInTheDocument();
});

it("warns after the due date, and still takes the answer", async () => {
  renderAt(AT, server({ ...RECEIVED, answer_request: { ...WANTS_WORKBOOK, due_at: inDays(-1) } }));
  expect(await screen.findByText(/odpowiedź zostanie oznaczona jako spóźniona/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Wyślij odpowiedź" })).toBeEnabled();
});

it("offers no form to whoever may only read", async () => {
  renderAt(AT, server({ ...RECEIVED, can: [] }));
  expect(await screen.findByText(/odpowiedzieć na nią może tylko osoba uprawniona/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Wyślij odpowiedź" })).not.toBeInTheDocument();
});

it("takes the new file that the sender asked for, whatever is closed, and says why", async () => {
  const wish = { reason: "a.xlsx: Plik jest uszkodzony.", asked_by: "Ewa Lis", asked_at: "2026-11-23T09:05:00Z" };
  const { user } = renderAt(
    AT,
    server({
      ...RECEIVED,
      answer_request: { ...WANTS_WORKBOOK, due_at: inDays(-3), locks_at: inDays(-1) },
      answers: [{ ...ANSWER, file_request: wish }],
    }),
  );
  expect(await screen.findByText("Twój: wyślij nowy plik")).toBeVisible();
  expect(screen.getByText("Ewa Lis prosi o nowy plik, 23.11.2026, 10:05")).toBeVisible();
  expect(screen.getByText(/^a\.xlsx: Plik jest uszkodzony\./)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Wyślij nowy plik" }));
  expect(await drop()).toBeInTheDocument();
  expect(screen.queryByText(/^Odpowiedzi przyjmowano do/)).not.toBeInTheDocument();
});
