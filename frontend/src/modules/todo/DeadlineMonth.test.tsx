import { screen, within } from "@testing-library/react";
import { page, renderAt } from "@tests/render";
import { expect, it } from "vitest";
import { inWarsaw } from "@/ui/warsawTime";
import type { Waiting } from "./nouns";

const TODAY = inWarsaw(new Date().toISOString()).day;
const row = (id: string, title: string, more: Partial<Waiting> = {}): Waiting => ({
  id,
  code: "messaging.answer",
  kind: "Odpowiedź",
  module: "Wiadomości",
  what: "Odpowiedz",
  title,
  details: "",
  url: `/messaging/inbox/${id}`,
  since: `${TODAY}T05:00:00Z`,
  due_at: `${TODAY}T12:00:00Z`,
  group: "today",
  in_place_of: null,
  ...more,
});

const server = {
  "GET /api/v1/todo/calendar-link/": { exists: false, created_at: null, used_at: null },
  "GET /api/v1/todo/waiting/": page([
    row("1", "Ankieta"),
    row("2", "Sprawozdanie"),
    row("3", "Bez dnia", { due_at: null }),
  ]),
};

it("tells each day with its number of deadlines in words, and what falls on the one that is pressed", async () => {
  const { user } = renderAt("/todo/calendar", server);
  const picture = await screen.findByRole("figure", { name: "Moje terminy w miesiącu" });
  const day = await within(picture).findByRole("button", { name: /: 2 terminy$/ });
  expect(day).toHaveAttribute("aria-current", "date");
  await user.click(day);
  const told = screen.getByRole("region", { name: /^Terminy dnia/ });
  expect(
    within(told)
      .getAllByRole("link")
      .map(({ textContent }) => textContent),
  ).toEqual(["Ankieta", "Sprawozdanie"]);
});

it("goes from day to day by arrows with one stop of Tab, into the next month too", async () => {
  const { user } = renderAt("/todo/calendar", server);
  const picture = await screen.findByRole("figure", { name: "Moje terminy w miesiącu" });
  const stops = () =>
    within(picture)
      .getAllByRole("button")
      .filter((button) => button.tabIndex === 0 && button.dataset.day);
  expect(stops().map(({ dataset }) => dataset.day)).toEqual([TODAY]);
  stops()[0]?.focus();
  const month = within(picture).getByRole("status").textContent;
  await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}");
  expect(within(picture).getByRole("status").textContent).not.toBe(month);
  expect(stops()).toHaveLength(1);
});
