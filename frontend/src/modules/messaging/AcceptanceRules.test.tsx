import { screen } from "@testing-library/react";
import { CLERK, json, page, renderAt } from "@tests/render";
import { expect, it } from "vitest";
import type { Schemas } from "@/api/client";

const AT = "/messaging/acceptance-rules";
const RULES = "/api/v1/messaging/acceptance-rules/";
const CHAINS_NOW: Schemas["AcceptanceChainOut"][] = [
  {
    chain: "head",
    functions: [{ code: "kierownik", name: "Kierownik referatu", holders: [], is_played: false }],
  },
];
const city = (permissions: string[], chains: typeof CHAINS_NOW = CHAINS_NOW) => ({
  "GET /api/v1/accounts/session/": { ...CLERK, permissions },
  [`GET ${RULES}`]: page([]),
  [`GET ${RULES}chains/`]: chains,
  "GET /api/v1/directory/sections/": [],
  [`POST ${RULES}`]: () => json({ id: "r1", section: null, audience: "any", chain: "head", allows_links: true }),
});

it("lets an administrator say beside the rule who plays its function, by its name and code", async () => {
  renderAt(AT, city(["messaging.set_acceptance", "accounts.manage_roles"]));
  expect(await screen.findByText(/funkcja o kodzie kierownik/)).toBeVisible();
  expect(await screen.findByRole("combobox", { name: /Kto pełni funkcję „Kierownik referatu”/ })).toBeVisible();
});

it("asks whoever gives no functions to ask the administrator", async () => {
  renderAt(AT, city(["messaging.set_acceptance"]));
  expect(await screen.findByText(/Poproś administratora, żeby wskazał/)).toBeVisible();
});

it("tells of a function whose holders may not act", async () => {
  const functions = [{ code: "kierownik", name: "Kierownik referatu", holders: ["Adam Nowak"], is_played: false }];
  renderAt(AT, city(["messaging.set_acceptance"], [{ chain: "head", functions }]));
  expect(await screen.findByText(/Adam Nowak – bez prawa „Prowadzenie spraw”/)).toBeVisible();
});
