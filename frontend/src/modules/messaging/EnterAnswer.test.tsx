import { screen, waitFor, within } from "@testing-library/react";
import { ANSWER, bodiesOf, SENT, takeUploads } from "@tests/messaging";
import { page, problem, renderAt, type Server } from "@tests/render";
import { beforeEach, expect, it } from "vitest";
import type { Schemas } from "@/api/client";

const AT = "/messaging/messages/m1";
const ONE = "/api/v1/messaging/messages/m1/";
const ANSWERS = "/api/v1/messaging/deliveries/d3/answers/";
const ENTERED = "Wpisane w imieniu SP 3, na podstawie: rozmowa telefoniczna z dnia 20.11.2026, dyrektor.";
const BUTTON = "Wpisz odpowiedź z papieru: SP 3";

const ROW: Schemas["DeliveryOut"] = {
  id: "d3",
  recipient: { kind: "unit", id: "u3", short_name: "SP 3", name: "Szkoła nr 3" },
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
};

const server = (more: Server = {}): Server => ({
  [`GET ${ONE}`]: { ...SENT, can: [...SENT.can, "enter_answer"] },
  [`GET ${ONE}deliveries/`]: page([ROW]),
  [`POST ${ANSWERS}`]: ANSWER,
  ...takeUploads(),
  ...more,
});

beforeEach(() => sessionStorage.clear());

type User = ReturnType<typeof renderAt>["user"];

const open = async (user: User, button = BUTTON) => {
  await user.click(await screen.findByRole("button", { name: button }));
  return within(await screen.findByRole("dialog", { name: "Odpowiedź w imieniu SP 3" }));
};

const close = async (user: User) => {
  await user.click(screen.getByRole("button", { name: "Anuluj" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
};

const fileField = (label: string) => screen.getByLabelText(label, { selector: "input" });

it("records the ground that was chosen, also when the dialog was closed meanwhile", async () => {
  const { user, asked } = renderAt(AT, server());
  let dialog = await open(user);
  await user.click(dialog.getByLabelText("rozmowa telefoniczna"));
  await user.type(dialog.getByLabelText(/^Z kim rozmawiano/), "dyrektor");
  await user.type(dialog.getByLabelText("Co odpowiedziała jednostka"), "24 uczniów");
  await close(user);
  await waitFor(() => expect(screen.getByRole("button", { name: BUTTON })).toHaveFocus());

  dialog = await open(user);
  expect(dialog.getByLabelText("rozmowa telefoniczna")).toBeChecked();
  expect(dialog.getByLabelText(/^Z kim rozmawiano/)).toHaveValue("dyrektor");
  await user.type(dialog.getByLabelText(/^Z dnia/), "20.11.2026");
  await user.click(dialog.getByRole("button", { name: "Wpisz odpowiedź" }));
  expect(await screen.findByText("Wpisano odpowiedź w imieniu SP 3.")).toBeVisible();
  expect(await bodiesOf(asked, "POST", ANSWERS)).toEqual([
    expect.objectContaining({ ground: "phone", ground_words: "dyrektor", ground_on: "2026-11-20" }),
  ]);
});

it("keeps the files that were added while its dialog is closed and its row off the table", async () => {
  const silent = { rows: [ROW] };
  const { user, asked } = renderAt(AT, server({ [`GET ${ONE}deliveries/`]: () => page(silent.rows) }));
  let dialog = await open(user);
  await user.upload(fileField("Skan pisma (nieobowiązkowy)"), new File(["x"], "pismo.pdf"));
  await waitFor(() => expect(dialog.getAllByRole("img", { name: "Przesłano" })).toHaveLength(1));
  await user.upload(fileField("Pliki odpowiedzi (nieobowiązkowe)"), new File(["x"], "lista.pdf"));
  await waitFor(() => expect(dialog.getAllByRole("img", { name: "Przesłano" })).toHaveLength(2));
  await close(user);

  silent.rows = [];
  const tiles = within(screen.getByRole("group", { name: "Pokaż adresatów" }));
  await user.click(tiles.getByRole("button", { name: /Milczą/ }));
  await waitFor(() => expect(screen.queryByRole("button", { name: BUTTON })).not.toBeInTheDocument());
  silent.rows = [ROW];
  await user.click(tiles.getByRole("button", { name: /Otwarto/ }));

  dialog = await open(user);
  expect(dialog.getByText("pismo.pdf")).toBeVisible();
  expect(dialog.getByText("lista.pdf")).toBeVisible();
  await user.type(dialog.getByLabelText(/^Z dnia/), "20.11.2026");
  await user.type(dialog.getByLabelText(/^Znak pisma/), "znak 7");
  await user.click(dialog.getByRole("button", { name: "Wpisz odpowiedź" }));
  expect(await screen.findByText("Wpisano odpowiedź w imieniu SP 3.")).toBeVisible();
  expect(await bodiesOf(asked, "POST", ANSWERS)).toEqual([
    expect.objectContaining({ files: ["file-lista.pdf"], scan: "file-pismo.pdf" }),
  ]);

  dialog = await open(user);
  expect(dialog.queryByText("pismo.pdf")).not.toBeInTheDocument();
});

it("asks before the screen is left with files that it would lose", async () => {
  const { user, router } = renderAt(AT, server());
  await open(user);
  await user.upload(fileField("Pliki odpowiedzi (nieobowiązkowe)"), new File(["x"], "lista.pdf"));
  await screen.findByRole("img", { name: "Przesłano" });
  await close(user);

  await user.click(screen.getByRole("link", { name: "SP 3" }));

  const asking = within(await screen.findByRole("dialog", { name: "Wyjść bez wpisania odpowiedzi?" }));
  expect(router.state.location.pathname).toBe(AT);
  await user.click(asking.getByRole("button", { name: "Wyjdź" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/directory/units/u3"));
});

it("corrects from the ground and the files that were entered, less those taken off before the dialog was closed", async () => {
  const before = {
    ...ANSWER,
    entered: ENTERED,
    ground: { kind: "phone" as const, on: "2026-11-20", words: "dyrektor" },
  };
  const { user, asked } = renderAt(
    AT,
    server({
      [`GET ${ONE}deliveries/`]: page([{ ...ROW, answered_at: ANSWER.sent_at, answer_version: 1, entered: ENTERED }]),
      "GET /api/v1/messaging/deliveries/d3/": {
        ...{ id: "d3", message: "m1", recipient: ROW.recipient, delivered_at: ROW.delivered_at, reminded_at: null },
        ...{ readings: [], answers: [before] },
      },
    }),
  );
  const button = "Popraw wpisaną odpowiedź: SP 3";
  let dialog = await open(user, button);
  await user.click(await dialog.findByRole("button", { name: "Usuń ankieta SP 1.xlsx" }));
  await close(user);

  dialog = await open(user, button);
  expect(await dialog.findByLabelText("rozmowa telefoniczna")).toBeChecked();
  expect(dialog.queryByText("ankieta SP 1.xlsx")).not.toBeInTheDocument();
  await user.click(dialog.getByRole("button", { name: "Wpisz odpowiedź" }));
  await screen.findByText("Wpisano odpowiedź w imieniu SP 3.");
  expect(await bodiesOf(asked, "POST", ANSWERS)).toEqual([
    expect.objectContaining({ ground: "phone", ground_words: "dyrektor", workbook: null }),
  ]);
});

it("lets go of a refusal once another file is chosen", async () => {
  const refused = () => problem(422, "Nie ma takiego pliku.", [{ field: "files", detail: "Dodaj plik jeszcze raz." }]);
  const { user } = renderAt(AT, server({ [`POST ${ANSWERS}`]: refused }));
  const dialog = await open(user);
  await user.type(dialog.getByLabelText(/^Z dnia/), "20.11.2026");
  await user.type(dialog.getByLabelText(/^Znak pisma/), "znak 7");
  await user.click(dialog.getByRole("button", { name: "Wpisz odpowiedź" }));
  expect((await dialog.findAllByText(/Dodaj plik jeszcze raz/))[0]).toBeVisible();

  await user.upload(fileField("Pliki odpowiedzi (nieobowiązkowe)"), new File(["x"], "lista.pdf"));
  await waitFor(() => expect(dialog.queryByText(/Dodaj plik jeszcze raz/)).not.toBeInTheDocument());
});
