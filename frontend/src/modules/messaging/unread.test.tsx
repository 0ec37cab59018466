import { screen } from "@testing-library/react";
import { CLERK, page, problem, renderAt } from "@tests/render";
import { expect, it } from "vitest";

const DETAIL = "Serwer nie odpowiada.";

it("says that the messages waiting for acceptance could not be read, and reads them again", async () => {
  let isDown = true;
  const pending = { id: "m1", subject: "Ankieta", updated_at: "2026-11-23T10:00:00Z" };
  const { user } = renderAt("/messaging/drafts", {
    "GET /api/v1/messaging/messages/": ({ url }) => {
      if (!url.includes("state=pending")) {
        return page([]);
      }
      return isDown ? problem(422, DETAIL) : page([pending]);
    },
  });
  expect(await screen.findByRole("alert")).toHaveTextContent(/czekają na akceptację.*Serwer nie odpowiada/s);
  isDown = false;
  await user.click(screen.getByRole("button", { name: "Spróbuj ponownie" }));
  expect(await screen.findByRole("link", { name: "Ankieta" })).toBeVisible();
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
});

it("says that the sections whose messages a rule is for could not be read", async () => {
  renderAt("/messaging/acceptance-rules", {
    "GET /api/v1/accounts/session/": { ...CLERK, permissions: ["messaging.set_acceptance"] },
    "GET /api/v1/messaging/acceptance-rules/": page([]),
    "GET /api/v1/messaging/acceptance-rules/chains/": [],
    "GET /api/v1/directory/sections/": () => problem(422, DETAIL),
  });
  expect(await screen.findByRole("alert")).toHaveTextContent(
    `Nie udało się wczytać listy „Czyje wiadomości”. ${DETAIL}`,
  );
});
