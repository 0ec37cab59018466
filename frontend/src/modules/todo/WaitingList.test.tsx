import { screen, within } from "@testing-library/react";
import { page, renderAt } from "@tests/render";
import { WAITING } from "@tests/todo";
import { expect, it } from "vitest";

it("lists what waits with its deadline and in whose place, the most pressing first", async () => {
  const inPlace = { ...WAITING, id: "w2", what: "Zatwierdź albo zwróć", due_at: null, in_place_of: "Maria Zielińska" };
  const { asked } = renderAt("/todo/waiting?group=overdue", {
    "GET /api/v1/todo/waiting/": page([WAITING, inPlace]),
  });
  const first = await screen.findByRole("row", { name: /^Sprawdź formalnie/ });
  expect(first).toHaveTextContent("po terminie o 1 dzień");
  expect(within(first).getByRole("link")).toHaveAttribute("href", "/procedures/cases/c1");
  const second = screen.getByRole("row", { name: /^Zatwierdź albo zwróć/ });
  expect(second).toHaveTextContent("w zastępstwie za: Maria Zielińska");
  expect(second).toHaveTextContent("bez terminu");
  const query = new URL(asked.find(({ url }) => url.includes("/todo/waiting/?"))?.url ?? "").searchParams;
  expect([query.get("ordering"), query.get("group")]).toEqual(["due_at", "overdue"]);
});
