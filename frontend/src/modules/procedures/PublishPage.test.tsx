import { screen, within } from "@testing-library/react";
import { PROCEDURE } from "@tests/procedure";
import { city } from "@tests/procedures";
import { problem, renderAt, type Server } from "@tests/render";
import { expect, it } from "vitest";

const AT = "/procedures/procedures/p1/publish";
const ONE = "/api/v1/procedures/procedures/p1/";

const group = (stage: string, name: string, count: number, proposal: string | null) => ({
  revision: 1,
  stage,
  stage_name: name,
  count,
  proposal,
  is_kept_in_place: proposal === stage,
  sentence: "",
});

const EFFECTS = {
  changes: [
    { kind: "added", stage: "poprawa", path: "stages/2", label: "", sentence: "Dodano etap „Poprawa wniosku”." },
  ],
  groups: [group("ocena", "Ocena formalna", 31, "ocena"), group("komisja", "Komisja", 12, null)],
};

const server = (more: Server = {}): Server =>
  city({
    [`GET ${ONE}`]: { ...PROCEDURE, problems: [] },
    [`GET ${ONE}effects/`]: EFFECTS,
    [`POST ${ONE}publish/`]: PROCEDURE,
    ...more,
  });

it("tells what changed and decides for each group of running cases", async () => {
  const { user, asked } = renderAt(AT, server());
  expect(await screen.findByText("Dodano etap „Poprawa wniosku”.")).toBeVisible();
  const first = screen.getByRole("group", { name: /^31 spraw w etapie „Ocena formalna”/ });
  expect(within(first).getByRole("radio", { name: /^Przenieś/ })).toBeChecked();
  const second = screen.getByRole("group", { name: /„Komisja”/ });
  expect(within(second).getByRole("radio", { name: "Zostaw przy wydaniu 1" })).toBeChecked();
  await user.click(within(second).getByRole("radio", { name: /^Przenieś/ }));
  await user.selectOptions(screen.getByLabelText("Etap dla spraw: Komisja, wydanie 1"), "Decyzja o dotacji");
  await user.click(within(first).getByRole("radio", { name: "Zostaw przy wydaniu 1" }));
  await user.click(screen.getByRole("button", { name: "Opublikuj…" }));
  const dialog = await screen.findByRole("dialog", { name: "Opublikować nowe wydanie?" });
  expect(dialog).toHaveTextContent("Na nowe wydanie przejdzie 12 spraw, przy swoim zostanie 31 spraw.");
  await user.click(within(dialog).getByRole("button", { name: "Opublikuj" }));
  await screen.findByText("Opublikowano nowe wydanie procedury.");
  const sent = asked.find(({ method }) => method === "POST");
  expect(await sent?.json()).toEqual({
    draft_version: 4,
    moves: [
      { revision: 1, stage: "ocena", choice: "keep", to: "" },
      { revision: 1, stage: "komisja", choice: "move", to: "decyzja" },
    ],
  });
});

it("does not publish while something stands in the way", async () => {
  renderAt(AT, server({ [`GET ${ONE}`]: PROCEDURE }));
  expect(await screen.findByText(/Powiedz, jak kończy się sprawa/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Opublikuj…" })).toBeDisabled();
});

it("does not publish what is published already", async () => {
  renderAt(AT, server({ [`GET ${ONE}effects/`]: { ...EFFECTS, changes: [] } }));
  expect(await screen.findByText(/Szkic nie różni się od ostatniego wydania/)).toBeVisible();
  expect(screen.queryByRole("heading", { name: "Sprawy w toku" })).toBeNull();
  expect(screen.getByRole("button", { name: "Opublikuj…" })).toBeDisabled();
});

it("shows the newest preview when a case has moved meanwhile, and keeps the choices made", async () => {
  let previews = 0;
  const { user } = renderAt(
    AT,
    server({
      [`GET ${ONE}effects/`]: () => {
        previews += 1;
        return previews === 1
          ? EFFECTS
          : { ...EFFECTS, groups: [...EFFECTS.groups, group("decyzja", "Decyzja", 1, null)] };
      },
      [`POST ${ONE}publish/`]: () => problem(409, "Od podglądu ktoś założył sprawę. Sprawdź podgląd jeszcze raz."),
    }),
  );
  const first = await screen.findByRole("group", { name: /^31 spraw w etapie „Ocena formalna”/ });
  await user.click(within(first).getByRole("radio", { name: "Zostaw przy wydaniu 1" }));
  await user.click(screen.getByRole("button", { name: "Opublikuj…" }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Opublikuj" }));
  expect(await screen.findByText("Od podglądu ktoś założył sprawę. Sprawdź podgląd jeszcze raz.")).toBeVisible();
  expect(await screen.findByRole("group", { name: /^1 sprawa w etapie „Decyzja”/ })).toBeVisible();
  expect(within(first).getByRole("radio", { name: "Zostaw przy wydaniu 1" })).toBeChecked();
});
