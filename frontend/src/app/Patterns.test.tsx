import { screen, within } from "@testing-library/react";
import { CITY } from "@tests/accounts";
import { renderAt } from "@tests/render";
import { expect, it } from "vitest";

it("shows every pattern on one page while the front end is developed", async () => {
  renderAt("/pokaz", CITY);
  expect(await screen.findByRole("heading", { level: 1, name: "Wzory ekranów" })).toBeVisible();
  expect(screen.getByText("Czyj ruch:").parentElement).toHaveTextContent("Czyj ruch: urząd (Anna Nowak)");
  expect(screen.getByRole("table", { name: "Wzór listy" })).toBeVisible();
});

it("goes from tile to tile by arrows, with one stop of Tab, and tells each tile's state in words", async () => {
  const { user } = renderAt("/pokaz", CITY);
  const picture = await screen.findByRole("figure", { name: "Szkoły według stanu" });
  expect(picture).toHaveTextContent("odpowiedziała: 21");
  expect(picture).toHaveTextContent("milczy: 3");
  const tiles = within(picture).getAllByRole("button");
  expect(tiles.filter((tile) => tile.tabIndex === 0)).toHaveLength(1);
  tiles[0]?.focus();
  await user.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}");
  expect(within(picture).getByRole("button", { name: "SP 4: milczy" })).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(screen.getByText("Wybrano: SP 4")).toBeVisible();
  await user.keyboard("{End}");
  expect(within(picture).getByRole("button", { name: "SP 24: odpowiedziała" })).toHaveFocus();
});

it("says which of two things is shown where only one of them fits", async () => {
  const { user } = renderAt("/pokaz", CITY);
  const choice = await screen.findByRole("group", { name: "Pokaż" });
  const reading = within(choice).getByRole("button", { name: "Co się czyta" });
  expect(within(choice).getByRole("button", { name: "Co się robi" })).toHaveAttribute("aria-pressed", "true");
  await user.click(reading);
  expect(reading).toHaveAttribute("aria-pressed", "true");
  expect(document.getElementById(reading.getAttribute("aria-controls") ?? "")).toHaveAttribute("data-shown", "true");
});

it("draws in the primary colour only the one thing to do next", async () => {
  renderAt("/pokaz", CITY);
  const next = await screen.findByRole("button", { name: "Jedna następna czynność" });
  const primary = within(screen.getByRole("main")).getAllByRole("button").filter(isPrimary);
  expect(primary).toEqual([next]);
  expect(screen.getByRole("button", { name: "Zrób pierwszy krok" })).toBeVisible();
});

const isPrimary = (button: HTMLElement): boolean => {
  const { variant } = button.dataset;
  return button.className.includes("mantine-Button-root") && (variant === undefined || variant === "filled");
};

it("tells dots against their threshold in words and numbers too", async () => {
  renderAt("/pokaz", CITY);
  const picture = await screen.findByRole("figure", { name: "Punkty i próg" });
  expect(picture).toHaveTextContent("Próg: 50 punktów. Osiąga go 2 z 3.");
  expect(within(picture).getByRole("row", { name: /Danuta Ostrowska/ })).toHaveTextContent("41 – poniżej progu");
});
