import { screen, waitFor, within } from "@testing-library/react";
import { bodiesOf, DIRECTORY, DRAFT, SENT, takeUploads } from "@tests/messaging";
import { json, page, problem, renderAt, type Server } from "@tests/render";
import { expect, it, vi } from "vitest";

const MESSAGES = "/api/v1/messaging/messages/";
const ONE = `${MESSAGES}m2/`;
const SEND = `POST ${ONE}send/`;

const server = (more: Server = {}): Server => ({
  ...DIRECTORY,
  "POST /api/v1/messaging/audience/": {
    units: 119,
    people: 0,
    named: "119 jednostek",
    after_do: "119 jednostek",
    undo_seconds: 0,
    acceptance: "none",
  },
  [`POST ${MESSAGES}`]: () => json(DRAFT, 201),
  [`PATCH ${ONE}`]: DRAFT,
  [`GET ${ONE}`]: DRAFT,
  "GET /api/v1/messaging/messages/m1/": SENT,
  "GET /api/v1/messaging/messages/m1/deliveries/": page([]),
  ...more,
});

const subject = () => screen.findByLabelText("Temat");
const audience = () => screen.findByRole("combobox", { name: "Dodaj adresatów" });
const option = (name: string) => screen.findByRole("option", { name });
type Session = ReturnType<typeof renderAt>;

async function chooseAllUnits({ user }: Session) {
  await user.click(await audience());
  await user.click(await option("Wszystkie jednostki"));
  await screen.findByText("Razem: 119 jednostek");
}

async function writeAll(session: Session) {
  await chooseAllUnits(session);
  await session.user.type(await subject(), "Narada");
  await session.user.type(screen.getByRole("textbox", { name: "Treść" }), "Zapraszam.");
}

it("saves a new draft by itself once, keeps the field in focus, and gives the screen its address", async () => {
  const { user, asked, router } = renderAt("/messaging/compose", server());
  await user.type(await subject(), "Narada");
  await waitFor(() => expect(router.state.location.pathname).toBe("/messaging/compose/m2"), { timeout: 4000 });
  expect(await subject()).toHaveFocus();
  await user.type(await subject(), " dyrektorów");
  expect(await subject()).toHaveValue("Narada dyrektorów");
  await waitFor(async () => expect(await bodiesOf(asked, "PATCH", ONE)).toHaveLength(1), { timeout: 4000 });
  expect(await bodiesOf(asked, "POST", MESSAGES)).toMatchObject([{ subject: "Narada", answer_request: null }]);
  expect(await bodiesOf(asked, "PATCH", ONE)).toMatchObject([{ subject: "Narada dyrektorów" }]);
});

it("keeps what was typed in the last moment before the screen is left", async () => {
  const { user, asked, router } = renderAt("/messaging/compose", server());
  await user.type(await subject(), "Narada");
  await router.navigate("/messaging/drafts");
  await waitFor(async () => expect(await bodiesOf(asked, "POST", MESSAGES)).toMatchObject([{ subject: "Narada" }]));
  await screen.findByRole("heading", { level: 1, name: "Robocze" });
  expect(router.state.location.pathname).toBe("/messaging/drafts");
});

it("finds kinds, groups, units and people in one box, and draws the chosen ones as chips", async () => {
  const { user, asked } = renderAt("/messaging/compose", server());
  await user.type(await audience(), "zak");
  await user.click(await option("Łucja Żak, zak@example.org"));
  await user.type(await audience(), "basen");
  await user.click(await option("Szkoły z basenem"));
  await user.click(await audience());
  await user.click(await option("Szkoła podstawowa (50)"));
  const chips = screen.getByRole("list", { name: "Wybrani adresaci" });
  expect(
    within(chips)
      .getAllByRole("listitem")
      .map(({ textContent }) => textContent),
  ).toEqual(["Szkoła podstawowa", "Grupa: Szkoły z basenem", "Łucja Żak"]);
  await user.click(within(chips).getByRole("button", { name: "Usuń adresata: Łucja Żak" }));
  await waitFor(async () =>
    expect((await bodiesOf(asked, "POST", "/api/v1/messaging/audience/")).at(-1)).toEqual({
      all_units: false,
      kinds: ["sp"],
      groups: ["g1"],
      units: [],
      people: [],
      except_units: [],
    }),
  );
});

it("is chosen from by keys alone, and keeps the focus for the next one", async () => {
  const { user } = renderAt("/messaging/compose", server());
  await user.type(await audience(), "SP 1");
  await option("SP 1, Szkoła Podstawowa nr 1");
  await user.keyboard("{Enter}");
  expect(await screen.findByRole("button", { name: "Usuń adresata: SP 1" })).toBeVisible();
  expect(await audience()).toHaveFocus();
  expect(await audience()).toHaveValue("");
  await user.keyboard("{ArrowDown}");
  const first = screen.getByRole("option", { selected: true });
  expect(first).toHaveTextContent("Wszystkie jednostki");
  expect(await audience()).toHaveAttribute("aria-activedescendant", first.id);
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("option")).not.toBeInTheDocument();
});

it("takes the short name of a unit for the unit, also when people's addresses hold it", async () => {
  const { user } = renderAt("/messaging/compose", server());
  await user.type(await audience(), "SP 1");
  await option("Łucja Żak, zak@example.org");
  await user.keyboard("{Enter}");
  expect(await screen.findByRole("button", { name: "Usuń adresata: SP 1" })).toBeVisible();
});

it.each(["podstawowki", "SP", "szkoły podstawowe"])("takes %s for the kind", async (called) => {
  const { user } = renderAt("/messaging/compose", server());
  await user.type(await audience(), called);
  await option("Szkoła podstawowa (50)");
  await user.keyboard("{Enter}");
  expect(await screen.findByRole("button", { name: "Usuń adresata: Szkoła podstawowa" })).toBeVisible();
});

it("takes no unit whose short name is not exactly the one that was typed", async () => {
  const { user } = renderAt("/messaging/compose", server());
  await user.type(await audience(), "SP");
  await option("SP 1, Szkoła Podstawowa nr 1");
  await user.type(await audience(), " nr 1");
  await user.keyboard("{Enter}");
  expect(screen.queryByRole("list", { name: "Wybrani adresaci" })).not.toBeInTheDocument();
  expect(screen.queryByRole("option", { selected: true })).not.toBeInTheDocument();
});

it("leaves out a unit that is taken from the list of a chosen kind, and says so", async () => {
  const { user, asked } = renderAt("/messaging/compose", server());
  await user.type(await audience(), "podstawowki");
  await option("Szkoła podstawowa (50)");
  await user.keyboard("{Enter}");
  await user.click(screen.getByRole("button", { name: "Wybierz jednostki z listy" }));
  const box = await screen.findByRole("checkbox", { name: /SP 5/ });
  expect(box).toBeChecked();
  await user.click(box);
  await user.click(screen.getByRole("button", { name: "Gotowe: 1 jednostka" }));
  await waitFor(async () =>
    expect((await bodiesOf(asked, "POST", "/api/v1/messaging/audience/")).at(-1)).toMatchObject({
      kinds: ["sp"],
      units: [],
      except_units: ["u5"],
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Usuń adresata: oprócz: SP 5" }));
  expect(screen.getByRole("list", { name: "Wybrani adresaci" })).not.toHaveTextContent("oprócz");
});

it("tells that complexes contain a school of the chosen kind, and adds them when asked", async () => {
  const { user, asked } = renderAt("/messaging/compose", server());
  await user.type(await audience(), "SP");
  await option("Szkoła podstawowa (50)");
  await user.keyboard("{Enter}");
  expect(await screen.findByText(/Szkoła podstawowa działa też w 1 zespole/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Dodaj ten zespół" }));
  await waitFor(async () =>
    expect((await bodiesOf(asked, "POST", "/api/v1/messaging/audience/")).at(-1)).toMatchObject({ units: ["z1"] }),
  );
  expect(screen.queryByText(/działa też/)).not.toBeInTheDocument();
});

it("does not offer a kind without units", async () => {
  const { user } = renderAt("/messaging/compose", server());
  await user.click(await audience());
  await option("Szkoła podstawowa (50)");
  expect(screen.queryByRole("option", { name: /Liceum/ })).not.toBeInTheDocument();
});

it("says in one sentence what will happen, and sends once even when pressed twice", async () => {
  const session = renderAt("/messaging/compose", server({ [SEND]: { ...SENT, id: "m2" } }));
  await writeAll(session);
  await session.user.click(screen.getByRole("button", { name: "Dalej: sprawdź i wyślij" }));
  const dialog = await screen.findByRole("dialog", { name: "Wysłać do 119 jednostek?" });
  expect(within(dialog).getByText("Wyślesz do 119 jednostek; bez prośby o odpowiedź.")).toBeVisible();
  expect(session.asked.filter(({ url }) => url.endsWith("/send/"))).toHaveLength(0);
  await session.user.dblClick(within(dialog).getByRole("button", { name: "Wyślij" }));
  await waitFor(() => expect(session.router.state.location.pathname).toBe("/messaging/messages/m2"));
  expect(session.asked.filter(({ url }) => url.endsWith("/send/"))).toHaveLength(1);
});

it("goes to the message when somebody has sent it already", async () => {
  const sent = () => problem(409, "Ta wiadomość jest już wysłana.", [], "message_already_sent");
  const session = renderAt(
    "/messaging/compose",
    server({
      [SEND]: sent,
      [`GET ${ONE}`]: { ...SENT, id: "m2" },
      [`GET ${ONE}deliveries/`]: page([]),
    }),
  );
  await writeAll(session);
  await session.user.click(screen.getByRole("button", { name: "Dalej: sprawdź i wyślij" }));
  await session.user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Wyślij" }));
  await screen.findByRole("heading", { level: 1, name: SENT.subject });
  expect(session.router.state.location.pathname).toBe("/messaging/messages/m2");
});

it("names what is missing before it asks, with a way to each field", async () => {
  const missing = [
    { field: "audience", detail: "Wybierz, do kogo wysłać wiadomość." },
    { field: "subject", detail: "Podaj temat wiadomości." },
    { field: "body", detail: "Napisz treść albo dołącz plik." },
  ];
  const { user, asked } = renderAt(
    "/messaging/compose",
    server({ [`POST ${MESSAGES}`]: () => json({ ...DRAFT, missing }, 201) }),
  );
  await user.click(await screen.findByRole("button", { name: "Dalej: sprawdź i wyślij" }));
  const summary = await screen.findByRole("alert");
  expect(
    within(summary)
      .getAllByRole("listitem")
      .map(({ textContent }) => textContent),
  ).toEqual([
    "Adresaci: Wybierz, do kogo wysłać wiadomość.",
    "Podaj temat wiadomości.",
    "Napisz treść albo dołącz plik.",
  ]);
  await user.click(within(summary).getByRole("link", { name: /^Podaj temat/ }));
  expect(await subject()).toHaveFocus();
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  expect(await bodiesOf(asked, "POST", MESSAGES)).toHaveLength(1);
});

it("closes the question and marks the field when the server refuses one", async () => {
  const detail = "Termin odpowiedzi już minął.";
  const refused = () => problem(422, "Popraw wskazane pola.", [{ field: "answer_request.due_at", detail }]);
  const session = renderAt("/messaging/compose", server({ [SEND]: refused }));
  await writeAll(session);
  await session.user.click(screen.getByRole("switch", { name: /^Tekst/ }));
  await session.user.click(screen.getByRole("button", { name: "Dalej: sprawdź i wyślij" }));
  await session.user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Wyślij" }));
  expect(await screen.findByRole("link", { name: detail })).toBeVisible();
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
});

it("asks for a workbook with a usual date, and takes the attached one as the template", async () => {
  const { user, asked } = renderAt("/messaging/compose", server(takeUploads()));
  await user.upload(await screen.findByLabelText("Załączniki", { selector: "input" }), new File(["x"], "ankieta.xlsx"));
  await user.click(await screen.findByRole("switch", { name: /^Wypełniony arkusz/ }));
  await waitFor(() => expect(screen.getByLabelText("Arkusz do wypełnienia")).toHaveDisplayValue("ankieta.xlsx"));
  expect(screen.getByLabelText("Dzień")).not.toHaveValue("");
  await waitFor(
    async () => {
      const bodies = [...(await bodiesOf(asked, "POST", MESSAGES)), ...(await bodiesOf(asked, "PATCH", ONE))];
      expect(bodies.at(-1)).toMatchObject({
        attachments: [{ file: "file-ankieta.xlsx" }],
        answer_request: { wants_workbook: true, wants_text: false, template: "file-ankieta.xlsx", locks_at: null },
      });
    },
    { timeout: 4000 },
  );
});

it("opens a draft as it was left", async () => {
  const draft = {
    ...DRAFT,
    subject: "Zaczęta",
    audience: { ...DRAFT.audience, people: ["p1"], people_named: [{ id: "p1", name: "Łucja Żak" }] },
    attachments: SENT.attachments,
    answer_request: SENT.answer_request,
  };
  const { asked } = renderAt("/messaging/compose/m2", server({ [`GET ${ONE}`]: draft }));
  expect(await subject()).toHaveValue("Zaczęta");
  expect(screen.getByRole("button", { name: "Usuń adresata: Łucja Żak" })).toBeVisible();
  expect(screen.getByRole("button", { name: "Usuń ankieta.xlsx" })).toBeVisible();
  expect(screen.getByLabelText("Arkusz do wypełnienia")).toHaveDisplayValue("ankieta.xlsx");
  expect(await bodiesOf(asked, "PATCH", ONE)).toEqual([]);
});

it("says that a draft is not saved, and why, and keeps the text", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const refused = () => problem(500, "Serwer nie odpowiada.");
  const { user } = renderAt("/messaging/compose", server({ [`POST ${MESSAGES}`]: refused }));
  await user.type(await subject(), "Narada");
  expect(await screen.findByText("Nie zapisano: Serwer nie odpowiada.", {}, { timeout: 4000 })).toBeVisible();
  expect(await subject()).toHaveValue("Narada");
});

it("shuts the list after a choice, so that it lies over no button, and opens it with the next letter", async () => {
  const session = renderAt("/messaging/compose", server());
  await chooseAllUnits(session);
  expect(screen.queryByRole("listbox")).toBeNull();
  expect(await audience()).toHaveFocus();
  await session.user.keyboard("SP");
  expect(screen.getByRole("listbox", { name: "Dodaj adresatów" })).toBeVisible();
});
