import { screen, waitFor } from "@testing-library/react";
import { city, OFFICER } from "@tests/procedures";
import { json, renderAt } from "@tests/render";
import { expect, it } from "vitest";

const GRANT = {
  id: "p1",
  name: "Grant oświatowy",
  description: "Na zajęcia po lekcjach.",
  noun: "wniosek",
  applicant: "unit",
  opens_at: null,
  closes_at: "2026-12-14T23:00:00Z",
  limit: "najwyżej 2 sprawy",
  sentence: "",
};
const OVER = { ...GRANT, id: "p2", name: "Nagrody", sentence: "Nabór zakończył się 01.10.2026, 00:00." };

it("opens a case for the only unit of a head of a school, after what the limits say", async () => {
  const head = { ...OFFICER, units: [{ id: "u1", short_name: "SP 1" }] };
  const { user, asked, router } = renderAt(
    "/procedures/cases/new",
    city({
      "GET /api/v1/accounts/session/": head,
      "GET /api/v1/procedures/procedures/beginnings/": [GRANT, OVER],
      "GET /api/v1/procedures/procedures/p1/start/": {
        may: true,
        sentence: "Wykorzystano 1 z 2.",
        limit: 2,
        used: 1,
        opens_at: null,
        closes_at: null,
        applicant: "unit",
      },
      "POST /api/v1/procedures/cases/": () => json({ id: "c1" }, 201),
    }),
  );
  const card = await screen.findByRole("radio", { name: "Grant oświatowy" });
  expect(card).toHaveAccessibleDescription(/składa jednostka · do 14\.12\.2026, 23:59 · najwyżej 2 sprawy/);
  await user.click(card);
  expect(await screen.findByText("Wykorzystano 1 z 2.")).toBeVisible();
  expect(screen.queryByRole("radio", { name: "Nagrody" })).not.toBeInTheDocument();
  expect(screen.getByRole("region", { name: "Teraz zamknięte" })).toHaveTextContent("Nagrody: Nabór zakończył się");
  expect(screen.getByRole("combobox", { name: "Jednostka" })).toHaveValue("SP 1");
  await user.click(screen.getByRole("button", { name: "Załóż sprawę" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/procedures/cases/c1"));
  const sent = asked.find(({ method, url }) => method === "POST" && url.endsWith("/cases/"));
  expect(await sent?.json()).toEqual({ procedure: "p1", unit: "u1", title: "" });
});
