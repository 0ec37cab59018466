import { screen, waitFor, within } from "@testing-library/react";
import { CLERK, page, renderAt } from "@tests/render";
import { expect, it } from "vitest";
import type { CatalogueType } from "./nouns";

const KEEPER = {
  ...CLERK,
  modules: [...CLERK.modules, "catalogue", "procedures"],
  permissions: [...CLERK.permissions, "catalogue.switch_on_types", "procedures.manage_procedures"],
};

const ABSENT: CatalogueType = {
  key: "granty",
  name: "Granty oświatowe",
  description: "Na projekty szkół.",
  noun: "wniosek",
  stages: 12,
  questions: 24,
  state: "absent",
  procedure: null,
  draft_version: 0,
  number: null,
  needs: [
    { kind: "function", name: "Referent", state: "added", sentence: "Funkcja powstanie razem z typem." },
    { kind: "dates", name: "Nabór", state: "ready", sentence: "Wnioski przyjmuje się przez cały rok." },
  ],
  problems: [],
  differences: [],
};

const DRAFT: CatalogueType = {
  ...ABSENT,
  key: "nagrody",
  name: "Nagrody",
  state: "draft",
  procedure: "0195f0aa-0000-7000-8000-000000000009",
  needs: [
    { kind: "function", name: "Komisja", state: "missing", sentence: "Nikt jej nie pełni." },
    { kind: "pot", name: "Pula nagród", state: "missing", sentence: "Nie ma jej na ten rok." },
  ],
};

const RUNNING: CatalogueType = {
  ...DRAFT,
  key: "sprzet",
  name: "Sprzęt",
  state: "published",
  number: 2,
  draft_version: 7,
  needs: [],
  differences: [
    { about: "Procedura", sentence: "Dodano etap „Opinia”." },
    { about: "Formularz „Wniosek”", sentence: "Dodano pytanie „Ile sztuk”." },
  ],
};

const server = {
  "GET /api/v1/accounts/session/": KEEPER,
  "GET /api/v1/catalogue/types/": [DRAFT, ABSENT, RUNNING],
  "GET /api/v1/procedures/procedures/": page([]),
};

const card = async (name: string) => within(await screen.findByRole("region", { name }));

it("tells of each type whether the city has it, and how many it has", async () => {
  renderAt("/catalogue/types", server);
  expect((await card("Granty oświatowe")).getByText("nie ma go w mieście")).toBeVisible();
  expect((await card("Nagrody")).getByText("szkic, jeszcze nie działa")).toBeVisible();
  expect((await card("Sprzęt")).getByText("włączony, wydanie 2")).toBeVisible();
  expect(screen.getByText("Miasto ma 2 z 3 typów.")).toBeVisible();
});

it("leads from what is missing to where it is seen to", async () => {
  renderAt("/catalogue/types", server);
  const missing = within((await card("Nagrody")).getByRole("region", { name: "Czego brakuje" }));
  expect(missing.getByRole("link", { name: "Wskaż osoby: Komisja" })).toHaveAttribute("href", "/accounts/functions");
  expect(missing.getByRole("link", { name: "Otwórz budżet: Pula nagród" })).toHaveAttribute("href", "/budget/pots");
});

it("asks before a type is switched on, says what comes with it, and tells that it works", async () => {
  const { user, asked } = renderAt("/catalogue/types", {
    ...server,
    "POST /api/v1/catalogue/types/granty/switch-on/": { procedure: "p1", is_published: true, waits_for: [] },
  });
  await user.click((await card("Granty oświatowe")).getByRole("button", { name: "Włącz…" }));
  const dialog = await screen.findByRole("dialog", { name: "Włączyć „Granty oświatowe”?" });
  expect(dialog).toHaveTextContent("to, czego jej brakuje (1 rzecz)");
  await user.click(within(dialog).getByRole("button", { name: "Włącz" }));
  expect(await screen.findByText(/jest włączony: można zakładać sprawy/)).toBeVisible();
  expect(asked.filter(({ method }) => method === "POST")).toHaveLength(1);
});

it("tells what differs by part, and puts the catalogue's edition into the draft that was seen", async () => {
  const { user, asked } = renderAt("/catalogue/types", {
    ...server,
    "POST /api/v1/catalogue/types/sprzet/edition/": { procedure: RUNNING.procedure },
  });
  const running = await card("Sprzęt");
  await user.click(running.getByText("Inaczej niż w katalogu"));
  expect(running.getByRole("region", { name: "Procedura" })).toHaveTextContent("Dodano etap „Opinia”.");
  expect(running.getByRole("region", { name: "Formularz „Wniosek”" })).toHaveTextContent("Ile sztuk");
  await user.click(running.getByRole("button", { name: "Weź wydanie z katalogu do szkicu…" }));
  const dialog = await screen.findByRole("dialog", { name: "Wziąć wydanie z katalogu do szkicu?" });
  await user.click(within(dialog).getByRole("button", { name: "Weź do szkicu" }));
  await waitFor(async () => {
    const sent = asked.find(({ method }) => method === "POST");
    expect(await sent?.clone().json()).toEqual({ draft_version: 7 });
  });
});

it("is reached from the procedures by whoever may switch types on, and by nobody else", async () => {
  renderAt("/procedures/procedures", server);
  expect(await screen.findByRole("link", { name: "Gotowe typy spraw" })).toHaveAttribute("href", "/catalogue/types");
});
