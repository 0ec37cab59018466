import { screen, within } from "@testing-library/react";
import { city } from "@tests/procedures";
import { problem, renderAt } from "@tests/render";
import { expect, it } from "vitest";

const AT = "/procedures/procedures/p1/simulator";
const SIMULATE = "POST /api/v1/procedures/procedures/p1/simulate/";

const choice = (action: string, label: string, as: string, fields: object | null = null) => ({
  action,
  kind: "transition",
  label,
  as,
  needs_reason: false,
  fields,
});

const FORM = {
  format: 1,
  title: "",
  sections: [{ key: "a", title: "", questions: [{ key: "uwagi", type: "short_text", label: "Uwagi" }] }],
};

const walk = async (request: Request) => {
  const { steps } = (await request.json()) as { steps: { action: string; as: string; data: object }[] };
  const log = steps.map(({ as, action }) => ({ sentence: `${as}: ${action}.` }));
  if (steps.some(({ action, data }) => action === "dalej" && !("uwagi" in data))) {
    return problem(422, "Krok 2: uzupełnij pola.", [{ field: "data.uwagi", detail: "Wpisz uwagi." }]);
  }
  const [stage, choices] = [
    ["zlozenie", [choice("zloz", "Złóż wniosek", "Jan Wymyślony (wnioskodawca)")]],
    ["ocena", [choice("dalej", "Przekaż do decyzji", "Anna Próbna (referent)", FORM)]],
    ["przyznano", []],
  ][steps.length] as [string, object[]];
  return { stage, choices, log, is_over: stage === "przyznano", faults: [] };
};

it("walks with invented people to the end, a step back, and to the start again", async () => {
  const { user } = renderAt(AT, city({ [SIMULATE]: walk }));
  expect(await screen.findByRole("heading", { name: "Etap: Złożenie wniosku" })).toBeVisible();
  expect(screen.getByText("Jan Wymyślony (wnioskodawca)")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Złóż wniosek" }));
  expect(await screen.findByRole("heading", { name: "Etap: Ocena formalna" })).toBeVisible();
  expect(screen.getByText("Wnioskodawca widzi: „Sprawdzamy wniosek”.")).toBeVisible();

  await user.click(screen.getByRole("button", { name: "Przekaż do decyzji" }));
  const dialog = await screen.findByRole("dialog", { name: "Przekaż do decyzji" });
  await user.click(within(dialog).getByRole("button", { name: "Przekaż do decyzji" }));
  expect((await within(dialog).findAllByText(/Wpisz uwagi\./)).length).toBeGreaterThan(0);
  await user.type(within(dialog).getByLabelText("Uwagi"), "w porządku");
  await user.click(within(dialog).getByRole("button", { name: "Przekaż do decyzji" }));
  expect(await screen.findByRole("heading", { name: "Koniec: Dotacja przyznana" })).toBeVisible();
  expect(screen.getByText("Anna Próbna (referent): dalej.")).toBeVisible();

  await user.click(screen.getByRole("button", { name: "Cofnij krok" }));
  expect(await screen.findByRole("heading", { name: "Etap: Ocena formalna" })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Od początku" }));
  expect(await screen.findByRole("heading", { name: "Etap: Złożenie wniosku" })).toBeVisible();
});
