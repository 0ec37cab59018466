import { screen, waitFor, within } from "@testing-library/react";
import { COUNTS, DRAFT, SENT } from "@tests/messaging";
import { CLERK, json, page, renderAt } from "@tests/render";
import { expect, it } from "vitest";

const LIST = "GET /api/v1/messaging/messages/";

it("tells of each sent message how many answered, or how many opened where nothing is asked", async () => {
  const { asked } = renderAt("/messaging/messages", {
    [LIST]: page([
      SENT,
      { ...SENT, id: "m3", subject: "Zarządzenie", due_at: null, can: ["export"] },
      { ...SENT, id: "m4", subject: "W drodze", counts: { ...COUNTS, delivered: 40 } },
    ]),
  });
  const row = (name: RegExp) => screen.findByRole("row", { name });
  expect(within(await row(/^Ankieta/)).getByText("60 z 119 odpowiedzi")).toBeVisible();
  expect(within(await row(/^Zarządzenie/)).getByText("otwarto 90 z 119")).toBeVisible();
  expect(within(await row(/^W drodze/)).getByText("doręczono 40 z 119")).toBeVisible();
  expect(asked.find(({ url }) => url.includes("/messages/"))?.url).toContain("state=sent");
});

it("is on the menu of whoever may view sent messages, without the way to write one", async () => {
  const session = { ...CLERK, permissions: ["messaging.view_messages"] };
  renderAt("/messaging/messages", { "GET /api/v1/accounts/session/": session });
  await screen.findByText("Nie ma jeszcze wysłanych wiadomości");
  const menu = screen.getByRole("navigation", { name: "Menu główne" });
  expect(within(menu).getByRole("link", { name: "Wysłane" })).toBeVisible();
  expect(screen.queryByRole("link", { name: "Nowa wiadomość" })).not.toBeInTheDocument();
});

it("lists drafts, and throws one away only after a question", async () => {
  let isThere = true;
  const { user, asked } = renderAt("/messaging/drafts", {
    [LIST]: ({ url }: Request) => page(isThere && url.includes("state=draft") ? [DRAFT] : []),
    "DELETE /api/v1/messaging/messages/m2/": () => {
      isThere = false;
      return json(null, 204);
    },
  });
  expect(await screen.findByRole("link", { name: "(bez tematu)" })).toHaveAttribute("href", "/messaging/compose/m2");
  await user.click(screen.getByRole("button", { name: "Usuń szkic: (bez tematu)" }));
  const dialog = await screen.findByRole("dialog");
  expect(asked.some(({ method }) => method === "DELETE")).toBe(false);
  await user.click(within(dialog).getByRole("button", { name: "Usuń" }));
  expect(await screen.findByText("Nie ma wiadomości roboczych")).toBeVisible();
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
});
