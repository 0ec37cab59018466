import { screen, waitFor } from "@testing-library/react";
import { city, OFFICER } from "@tests/procedures";
import { json, renderAt } from "@tests/render";
import { expect, it } from "vitest";

it("opens a case for the only unit of a head of a school, after what the limits say", async () => {
  const head = { ...OFFICER, units: [{ id: "u1", short_name: "SP 1" }] };
  const { user, asked, router } = renderAt(
    "/procedures/cases/new",
    city({
      "GET /api/v1/accounts/session/": head,
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
  await user.click(await screen.findByRole("combobox", { name: /^Czego dotyczy sprawa/ }));
  await user.click(await screen.findByRole("option", { name: "Grant oświatowy", hidden: true }));
  expect(await screen.findByText("Wykorzystano 1 z 2.")).toBeVisible();
  expect(screen.getByRole("combobox", { name: "Jednostka" })).toHaveValue("SP 1");
  await user.click(screen.getByRole("button", { name: "Załóż sprawę" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/procedures/cases/c1"));
  const sent = asked.find(({ method, url }) => method === "POST" && url.endsWith("/cases/"));
  expect(await sent?.json()).toEqual({ procedure: "p1", unit: "u1", title: "" });
});
