import { screen, waitFor, within } from "@testing-library/react";
import { inDays, RECEIVED } from "@tests/messaging";
import { page, problem, renderAt } from "@tests/render";
import { expect, it } from "vitest";

/** The day in the city so many days from now. */
const inWarsaw = (days: number) => new Date(inDays(days)).toLocaleDateString("sv", { timeZone: "Europe/Warsaw" });

const PATH = "GET /api/v1/messaging/inbox/";

it("marks an unread message in words, not by its weight alone", async () => {
  const read = { ...RECEIVED, id: "d2", subject: "Przeczytana", is_unread: false };
  renderAt("/messaging/inbox", { [PATH]: page([RECEIVED, read]) });
  const unread = await screen.findByRole("row", { name: /Ankieta o obiadach/ });
  expect(within(unread).getByText("nowa")).toBeVisible();
  expect(within(screen.getByRole("row", { name: /Przeczytana/ })).queryByText("nowa")).not.toBeInTheDocument();
});

it("tells apart what is sent, what waits, and what can no longer be answered", async () => {
  const one = (id: string, fields: object) => ({ ...RECEIVED, id, subject: id, is_unread: false, ...fields });
  renderAt("/messaging/inbox", {
    [PATH]: page([
      one("czeka", { due_at: `${inWarsaw(7)}T11:00:00Z` }),
      one("wysłana", { answered_at: inDays(-1), is_waiting: false, is_late: true }),
      one("zamknięta", { is_waiting: false, locks_at: inDays(-1) }),
      one("bez prośby", { wants_answer: false, is_waiting: false, due_at: null }),
    ]),
  });
  const cell = async (name: RegExp) => (await screen.findByRole("row", { name })).lastElementChild;
  expect(await cell(/^czeka/)).toHaveTextContent("za 7 dni");
  expect(await cell(/^wysłana/)).toHaveTextContent("wysłana po terminie");
  expect(await cell(/^zamknięta/)).toHaveTextContent("zamknięte bez odpowiedzi");
  expect(await cell(/^bez prośby/)).toHaveTextContent(/^Odpowiedź:$/);
});

it("asks the server for what waits, and keeps the choice in the address", async () => {
  const { user, asked, router } = renderAt("/messaging/inbox", { [PATH]: page([RECEIVED]) });
  await user.selectOptions(await screen.findByLabelText("Pokaż"), "czekają na odpowiedź");
  await waitFor(() => expect(asked.at(-1)?.url).toContain("waiting=true"));
  expect(router.state.location.search).toBe("?show=waiting");
  await user.selectOptions(screen.getByLabelText("Pokaż"), "nieprzeczytane");
  await waitFor(() => expect(asked.at(-1)?.url).toContain("unread=true"));
  expect(asked.at(-1)?.url).not.toContain("waiting");
});

it("says what an empty inbox is, and why one could not be read", async () => {
  renderAt("/messaging/inbox", {});
  expect(await screen.findByText("Nie ma jeszcze wiadomości")).toBeVisible();
});

it("offers to try again when the list could not be read", async () => {
  renderAt("/messaging/inbox", { [PATH]: () => problem(500, "Serwer nie odpowiada.") });
  const alert = await screen.findByRole("alert");
  expect(within(alert).getByText("Serwer nie odpowiada.")).toBeVisible();
  expect(within(alert).getByRole("button", { name: "Spróbuj ponownie" })).toBeVisible();
});
