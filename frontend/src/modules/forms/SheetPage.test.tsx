import { screen, waitFor, within } from "@testing-library/react";
import { AUTHOR, documentOf, projectionOf, question, SHEET_ID, sheetOut } from "@tests/forms";
import { problem, renderAt, type Server } from "@tests/render";
import { afterEach, expect, it } from "vitest";
import type { FormDocument } from "@/ui/filling/definition";
import type { Projection } from "@/ui/filling/projection";

const SHEET = `/api/v1/forms/sheets/${SHEET_ID}/`;
const DEFINITION: FormDocument = documentOf(
  question("tytul", "short_text", { label: "Tytuł", required: true }),
  question("koszt", "money", { label: "Koszt" }),
);
const MISSING = { path: "tytul", label: "Tytuł", sentence: "Podaj tytuł.", is_missing: true };
const INCOMPLETE: Partial<Projection> = { errors: [MISSING], answered: 0, required: 1, is_complete: false };

afterEach(() => {
  localStorage.clear();
});

/** A sheet whose title is required; what is saved is kept, and the projection says what is missing. */
function open(more: Record<string, unknown> = {}, server: Server = {}) {
  const saves: { changes: Record<string, unknown> }[] = [];
  const sheet = sheetOut(DEFINITION, { projection: projectionOf(DEFINITION, {}, INCOMPLETE), ...more });
  const shown = renderAt(`/forms/sheets/${SHEET_ID}`, {
    ...AUTHOR,
    [`GET ${SHEET}`]: sheet,
    [`PATCH ${SHEET}`]: async (request) => {
      const body = await request.json();
      saves.push(body);
      const isThere = Boolean(body.changes.tytul);
      return {
        draft_version: Number(request.headers.get("If-Match")?.replaceAll('"', "")) + 1,
        projection: projectionOf(
          DEFINITION,
          isThere ? { koszt: { is_visible: false } } : {},
          isThere ? { errors: [], answered: 1, required: 1, is_complete: true } : INCOMPLETE,
        ),
        saved_at: "2026-11-23T12:00:00Z",
      };
    },
    ...server,
  });
  return { ...shown, saves };
}

it("saves an answer by itself and draws what the server makes of it", async () => {
  const { user, saves } = open();
  expect(await screen.findByText("Wymagane odpowiedzi: 0 z 1")).toBeInTheDocument();
  await user.type(screen.getByRole("textbox", { name: "Tytuł" }), "Grant");
  await waitFor(() => expect(saves).toEqual([{ changes: { tytul: "Grant" } }]));
  expect(await screen.findByText("Wymagane odpowiedzi: 1 z 1")).toBeInTheDocument();
  expect(screen.getByText("Zapisano")).toBeInTheDocument();
  expect(screen.queryByRole("textbox", { name: "Koszt" })).toBeNull();
});

it("lists what is missing when it is sent, with a link, and takes off the list what was put right", async () => {
  const { user } = open(
    {},
    {
      [`POST ${SHEET}submit/`]: problem(422, "Formularza nie można jeszcze złożyć.", [
        { field: "tytul", detail: "Podaj tytuł." },
      ]),
    },
  );
  await user.click(await screen.findByRole("button", { name: "Wyślij" }));
  const list = within(await screen.findByRole("alert"));
  expect(list.getByText("Jeszcze nie można wysłać")).toBeInTheDocument();
  await user.click(list.getByRole("link", { name: "Podaj tytuł." }));
  const title = screen.getByRole("textbox", { name: "Tytuł" });
  expect(title).toHaveFocus();
  expect(title).toHaveAccessibleDescription("Podaj tytuł.");
  await user.type(title, "Grant");
  expect(await screen.findByText("Wszystkie wskazane miejsca są już poprawione.")).toBeInTheDocument();
  expect(title).toBeValid();
});

it("sends what is unsaved before the sheet itself, and then shows it to be read", async () => {
  const submitted = sheetOut(DEFINITION, {
    state: "submitted",
    version: 1,
    answers: { tytul: "Grant" },
    versions: [{ number: 1, submitted_at: "2026-11-23T12:00:00Z", submitted_by: "Anna Nowak", in_place_of: null }],
    can: [],
  });
  const { user, asked } = open({}, { [`POST ${SHEET}submit/`]: submitted });
  await user.type(await screen.findByRole("textbox", { name: "Tytuł" }), "Grant");
  await user.click(screen.getByRole("button", { name: "Wyślij" }));
  expect(await screen.findByText(/wersja 1, 23.11.2026, 13:00, Anna Nowak/)).toBeInTheDocument();
  expect(screen.queryByRole("textbox")).toBeNull();
  const sent = asked.filter(({ method }) => method !== "GET").map(({ method }) => method);
  expect(sent).toEqual(["PATCH", "POST"]);
});

it("keeps what is typed without a network in the browser, says so, and sends it at the next visit", async () => {
  const { user } = open(
    {},
    {
      [`PATCH ${SHEET}`]: () => {
        throw new TypeError("Failed to fetch");
      },
    },
  );
  await user.type(await screen.findByRole("textbox", { name: "Tytuł" }), "Grant");
  expect(await screen.findByText("Brak połączenia z serwerem")).toBeInTheDocument();
  expect(screen.getByText(/czeka na połączenie \(1 odpowiedź\)/)).toBeInTheDocument();
  const kept = localStorage.getItem(`opium.sheet.a0000000-0000-4000-8000-000000000001.${SHEET_ID}`);
  expect(JSON.parse(kept ?? "")).toEqual({ changes: { tytul: "Grant" }, base: { tytul: null } });
});

it("sends at the next visit what the browser has kept", async () => {
  localStorage.setItem(
    `opium.sheet.a0000000-0000-4000-8000-000000000001.${SHEET_ID}`,
    JSON.stringify({ changes: { tytul: "Z domu" }, base: { tytul: null } }),
  );
  const { saves } = open();
  expect(await screen.findByRole("textbox", { name: "Tytuł" })).toHaveValue("Z domu");
  await waitFor(() => expect(saves).toEqual([{ changes: { tytul: "Z domu" } }]));
  expect(localStorage).toHaveLength(0);
});

it("shows both answers when somebody else has given another one, and takes the chosen", async () => {
  let theirs = false;
  const { user, asked } = open(
    {},
    {
      [`GET ${SHEET}`]: () => sheetOut(DEFINITION, theirs ? { answers: { tytul: "Ich tytuł" }, draft_version: 5 } : {}),
      [`PATCH ${SHEET}`]: () => {
        theirs = true;
        return problem(409, "Ktoś inny zmienił te same odpowiedzi.", [], "sheet_changed_meanwhile");
      },
    },
  );
  await user.type(await screen.findByRole("textbox", { name: "Tytuł" }), "Mój tytuł");
  const dialog = within(
    await screen.findByRole("dialog", { name: "Na to samo pytanie odpowiedziano też gdzie indziej" }),
  );
  expect(dialog.getByText("Mój tytuł")).toBeInTheDocument();
  expect(dialog.getByText("Ich tytuł")).toBeInTheDocument();
  await user.click(dialog.getByRole("button", { name: "Przyjmij tę odpowiedź: Tytuł" }));
  await waitFor(() => expect(screen.getByRole("textbox", { name: "Tytuł" })).toHaveValue("Ich tytuł"));
  expect(asked.filter(({ method }) => method === "PATCH")).toHaveLength(1);
});

it("opens for correction only what was asked, with the request on top", async () => {
  const definition: FormDocument = {
    ...DEFINITION,
    sections: [
      ...DEFINITION.sections,
      { key: "budzet", title: "Budżet", questions: [question("kwota", "money", { label: "Kwota" })] },
    ],
  };
  open({
    definition,
    projection: projectionOf(definition),
    answers: { tytul: "Grant" },
    open_sections: ["budzet"],
    asks_correction: { sections: ["budzet"], sentence: "Popraw kwotę.", by: "Jan Kowal", at: "2026-11-23T12:00:00Z" },
    can: ["fill"],
  });
  expect(await screen.findByText("Popraw kwotę.")).toBeInTheDocument();
  expect(screen.getByText("Grant")).toBeInTheDocument();
  expect(screen.getAllByRole("textbox")).toEqual([screen.getByRole("textbox", { name: "Kwota" })]);
  expect(screen.queryByRole("button", { name: "Wyślij" })).toBeNull();
});

it("tells who changed which answer between two versions, from what to what", async () => {
  const version = (number: number) => ({
    number,
    submitted_at: `2026-11-2${number}T12:00:00Z`,
    submitted_by: "Anna Nowak",
    in_place_of: null,
  });
  const { asked } = renderAt(`/forms/sheets/${SHEET_ID}/versions`, {
    ...AUTHOR,
    [`GET ${SHEET}`]: sheetOut(DEFINITION, {
      state: "submitted",
      version: 2,
      versions: [version(1), version(2)],
      can: [],
    }),
    [`GET ${SHEET}differences/`]: [
      {
        path: "koszt",
        label: "Koszt",
        kind: "changed",
        before: "100,00 zł",
        after: "120,00 zł",
        by: "Anna Nowak",
        at: "2026-11-22T11:00:00Z",
      },
    ],
    [`GET ${SHEET}versions/2/`]: {
      ...version(2),
      revision: 1,
      definition: DEFINITION,
      answers: { koszt: "120.00" },
      projection: projectionOf(DEFINITION, { koszt: { value: "120.00" } }),
    },
  });
  const list = within(await screen.findByRole("list", { name: "Różnice" }));
  expect(list.getByText("100,00 zł").tagName).toBe("DEL");
  expect(list.getByText("120,00 zł").tagName).toBe("INS");
  expect(list.getByText("Anna Nowak, 22.11.2026, 12:00")).toBeInTheDocument();
  const query = new URL(asked.find(({ url }) => url.includes("/differences/"))?.url ?? "").searchParams;
  expect([query.get("older"), query.get("newer")]).toEqual(["1", "2"]);
});

const OF_A_CASE = { can: ["fill"], owner_kind: "procedures.case", owner_id: "c1" };

it("shows in sight that everything is there, and leads on to the step of the case that it was filled in for", async () => {
  const complete = projectionOf(DEFINITION, {}, { errors: [], answered: 1, required: 1, is_complete: true });
  const { user, router } = open({ ...OF_A_CASE, projection: complete, answers: { tytul: "Grant" } });
  await user.click(await screen.findByRole("button", { name: "Sprawdź" }));
  const told = await screen.findByRole("alert");
  expect(told).toHaveTextContent("Formularz jest kompletny");
  expect(told).toHaveFocus();
  await user.click(screen.getByRole("button", { name: "Gotowe, dalej" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/procedures/cases/c1"));
  expect(router.state.location.search).toBe("?goesOn");
});

it("goes nowhere on while something is missing, and says what", async () => {
  const { user, router } = open(OF_A_CASE);
  await user.click(await screen.findByRole("button", { name: "Gotowe, dalej" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Podaj tytuł.");
  expect(router.state.location.pathname).toBe(`/forms/sheets/${SHEET_ID}`);
});
