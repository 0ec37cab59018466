import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { layoutThread, withLayoutEngine } from "@tests/layoutEngine";
import { type DRAFT, PROCEDURE } from "@tests/procedure";
import { city } from "@tests/procedures";
import { problem, renderAt } from "@tests/render";
import { beforeEach, expect, it } from "vitest";
import { readDraft } from "./draft";

const ONE = "/api/v1/procedures/procedures/p1/";
const OUTLINE = "/procedures/procedures/p1?view=outline";
const BOARD = "/procedures/procedures/p1?view=board";

const saving = async (request: Request) => {
  const { draft } = (await request.json()) as { draft: typeof DRAFT };
  return { ...PROCEDURE, draft, version: "next", problems: [] };
};

const savedDrafts = async (asked: readonly Request[]) => {
  const saves = asked.filter(({ method }) => method === "PATCH");
  const bodies = await Promise.all(saves.map((request) => request.clone().json()));
  return bodies.map((body, at) => ({ draft: readDraft(body.draft), seen: saves[at]?.headers.get("If-Match") }));
};

beforeEach(withLayoutEngine);

const server = city({ [`PATCH ${ONE}`]: saving });
const stages = () => within(screen.getByRole("list", { name: "Etapy po kolei" }));

it("lists every stage in its order with where it leads", async () => {
  renderAt(OUTLINE, server);
  const list = await screen.findByRole("list", { name: "Etapy po kolei" });
  const names = within(list).getAllByRole("button", { name: /^\d\./ });
  expect(names[1]).toHaveAccessibleName(/^2\. Ocena formalna.*Referent prowadzący/);
  const ways = within(list).getByRole("list", { name: "Przejścia z etapu „Ocena formalna”" });
  expect(within(ways).getByRole("button", { name: /Wezwij do poprawy/ })).toHaveAccessibleName(
    /prowadzi do: ?Poprawa wniosku/,
  );
});

it("reorders a stage by keyboard, keeps the focus on it and says where it is", async () => {
  const { user, asked } = renderAt(OUTLINE, server);
  const second = await screen.findByRole("button", { name: /^2\. Ocena formalna/ });
  second.focus();
  await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
  expect(await screen.findByText("Etap „Ocena formalna” jest teraz 1. z 6.")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: /^1\. Ocena formalna/ })).toHaveFocus();
  await waitFor(async () => expect((await savedDrafts(asked)).at(-1)?.draft.stages[0]?.key).toBe("ocena"), {
    timeout: 4000,
  });
});

it("adds a stage of a chosen kind and opens it", async () => {
  const { user } = renderAt(OUTLINE, server);
  await user.click(await screen.findByRole("button", { name: "Dodaj etap" }));
  const dialog = await screen.findByRole("dialog", { name: "Nowy etap" });
  await user.click(within(dialog).getByRole("radio", { name: "Decyzja" }));
  await user.type(within(dialog).getByLabelText("Nazwa etapu"), "Decyzja prezydenta");
  await user.click(within(dialog).getByRole("button", { name: "Dodaj etap" }));
  expect(await screen.findByRole("heading", { name: "Etap: Decyzja prezydenta" })).toBeVisible();
  expect(stages().getByRole("button", { name: /^7\. Decyzja prezydenta/ })).toHaveAttribute("aria-pressed", "true");
});

it("adds a transition for the first outcome that has none", async () => {
  const { user, asked } = renderAt(OUTLINE, server);
  await user.click(await screen.findByRole("button", { name: "Dodaj przejście z etapu „Złożenie wniosku”" }));
  const dialog = await screen.findByRole("dialog", { name: "Nowe przejście z etapu „Złożenie wniosku”" });
  expect(within(dialog).getByLabelText("Gdy etap kończy się jako")).toHaveValue("withdrawn");
  await user.selectOptions(within(dialog).getByLabelText("Sprawa idzie do etapu"), "Odmowa");
  await user.type(within(dialog).getByLabelText("Napis na przycisku"), "Wycofaj");
  await user.click(within(dialog).getByRole("button", { name: "Dodaj przejście" }));
  expect(await screen.findByRole("heading", { name: "Przejście: Wycofaj" })).toBeVisible();
  await waitFor(
    async () =>
      expect((await savedDrafts(asked)).at(-1)?.draft.transitions.at(-1)).toMatchObject({
        from: "zlozenie",
        to: "odmowa",
        on: "withdrawn",
        key: "wycofaj",
      }),
    { timeout: 4000 },
  );
});

it("asks before a stage goes with its transitions, and takes it back", async () => {
  const { user } = renderAt(OUTLINE, server);
  await user.click(await screen.findByRole("button", { name: /^3\. Poprawa wniosku/ }));
  await user.click(screen.getByRole("button", { name: "Usuń etap" }));
  const dialog = await screen.findByRole("dialog", { name: "Usunąć etap „Poprawa wniosku”?" });
  expect(dialog).toHaveTextContent("jego przejścia (2)");
  await user.click(within(dialog).getByRole("button", { name: "Usuń etap" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: /Poprawa wniosku/ })).not.toBeInTheDocument());
  await user.click(screen.getByRole("button", { name: "Cofnij zmianę" }));
  expect(await screen.findByRole("button", { name: /^3\. Poprawa wniosku/ })).toBeVisible();
});

it("leads from a problem to its stage, with the sentence at the field", async () => {
  const { user } = renderAt(OUTLINE, server);
  await user.click(await screen.findByRole("button", { name: "Etap „Odmowa”" }));
  expect(await screen.findByRole("heading", { name: "Etap: Odmowa" })).toBeVisible();
  const panel = screen.getByRole("region", { name: "Wybrany element" });
  expect(within(panel).getByText("Powiedz, jak kończy się sprawa.")).toBeInTheDocument();
});

it("chooses a card of the board by a click, and a transition by its label", async () => {
  const { user } = renderAt(BOARD, server);
  fireEvent.click(await screen.findByRole("button", { name: /Decyzja o dotacji/ }));
  expect(await screen.findByRole("heading", { name: "Etap: Decyzja o dotacji" })).toBeVisible();
  const board = screen.getByRole("region", { name: "Tablica: etapy i przejścia" });
  within(board).getByRole("button", { name: "Przejście: Odmów" }).focus();
  await user.keyboard("{Enter}");
  expect(await screen.findByRole("heading", { name: "Przejście: Odmów" })).toBeVisible();
});

it("goes through the board by Tab from each stage to the transitions that leave it", async () => {
  renderAt(BOARD, server);
  await screen.findByRole("button", { name: /Decyzja o dotacji/ });
  const board = screen.getByRole("region", { name: "Tablica: etapy i przejścia" });
  const words = within(board)
    .getAllByRole("button")
    .map((button) => button.getAttribute("aria-label") ?? button.textContent);
  expect(words.slice(0, 4)).toEqual([
    expect.stringContaining("Złożenie wniosku"),
    "Przejście: Złóż wniosek",
    expect.stringContaining("Ocena formalna"),
    "Przejście: Przekaż do decyzji",
  ]);
});

it("moves a card by keyboard past its neighbour, and arranges all anew", async () => {
  const { user, asked } = renderAt(BOARD, server);
  const card = await screen.findByRole("button", { name: /Poprawa wniosku/ });
  expect(screen.getByRole("button", { name: "Ułóż po kolei" })).toBeDisabled();
  card.focus();
  await user.keyboard("{Shift>}{ArrowLeft}{/Shift}");
  await waitFor(
    async () => {
      const stages = (await savedDrafts(asked)).at(-1)?.draft.stages;
      expect(stages?.every(({ y }) => y > 0)).toBe(true);
    },
    { timeout: 4000 },
  );
  await user.click(screen.getByRole("button", { name: "Ułóż po kolei" }));
  await waitFor(
    async () =>
      expect((await savedDrafts(asked)).at(-1)?.draft.stages.every(({ x, y }) => x === 0 && y === 0)).toBe(true),
    { timeout: 4000 },
  );
});

it("leads to the outline when the board cannot be arranged", async () => {
  layoutThread.fails = true;
  const { user } = renderAt(
    BOARD,
    city({ ...server, [`GET ${ONE}`]: { ...PROCEDURE, draft: { ...PROCEDURE.draft, name: "Inna" } } }),
  );
  expect(await screen.findByText("Nie udało się ułożyć tablicy")).toBeVisible();
  expect(screen.getByRole("tab", { name: "Spis etapów" })).toBeVisible();
  layoutThread.fails = false;
  await user.click(screen.getByRole("button", { name: "Ułóż jeszcze raz" }));
  expect(await screen.findByRole("button", { name: /Decyzja o dotacji/ })).toBeVisible();
});

it("keeps what was typed when somebody else has changed the draft, and offers both ways out", async () => {
  let isRefused = true;
  const { user, asked } = renderAt(
    OUTLINE,
    city({
      [`PATCH ${ONE}`]: (request) =>
        isRefused ? problem(409, "Ktoś zmienił to.", [], "changed_meanwhile") : saving(request),
      [`GET ${ONE}`]: () => ({ ...PROCEDURE, version: isRefused ? "v4" : "v9" }),
    }),
  );
  await user.click(await screen.findByRole("button", { name: /^2\. Ocena formalna/ }));
  const name = screen.getByLabelText("Nazwa etapu");
  await user.type(name, " wniosku");
  const alert = await screen.findByText("Zmieniono tę procedurę w międzyczasie", {}, { timeout: 5000 });
  expect(alert).toBeVisible();
  expect(name).toHaveValue("Ocena formalna wniosku");
  isRefused = false;
  await user.click(screen.getByRole("button", { name: "Zapisz moją zamiast tamtej" }));
  await waitFor(async () => expect((await savedDrafts(asked)).at(-1)?.seen).toBe('"v9"'));
  expect((await savedDrafts(asked)).at(-1)?.draft.stages[1]?.name).toBe("Ocena formalna wniosku");
});

it("says which functions nobody plays", async () => {
  renderAt("/procedures/procedures/p1?view=settings", server);
  const panel = await screen.findByRole("region", { name: "Funkcje" });
  expect(panel).toHaveTextContent("ktoś ją pełni");
  expect(panel).toHaveTextContent("nie ma jej w mieście");
});
