import { screen } from "@testing-library/react";
import { PROCEDURE, PROCEDURE_ROW } from "@tests/procedure";
import { city } from "@tests/procedures";
import { page, renderAt } from "@tests/render";
import { expect, it } from "vitest";

it("says beside a draft what is missing to publish it, and asks that of drafts alone", async () => {
  const draft = { ...PROCEDURE_ROW, id: "p2", name: "Nagrody", is_published: false, number: null, published_at: null };
  const sentence = "Wybierz formularz wniosku.";
  const problems = [{ path: "form", stage: "", where: "Procedura", sentence }];
  const { asked } = renderAt(
    "/procedures/procedures",
    city({
      "GET /api/v1/procedures/procedures/": page([draft, PROCEDURE_ROW]),
      "GET /api/v1/procedures/procedures/p2/": { ...PROCEDURE, id: "p2", problems },
    }),
  );
  expect(await screen.findByText("Procedura: Wybierz formularz wniosku.")).toBeVisible();
  expect(asked.some(({ url }) => url.endsWith("/procedures/p1/"))).toBe(false);
});
