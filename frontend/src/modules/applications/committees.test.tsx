import { screen, waitFor, within } from "@testing-library/react";
import { CLERK, json, problem, renderAt, type Server } from "@tests/render";
import { expect, it } from "vitest";

const CHAIR = { ...CLERK, modules: [...CLERK.modules, "applications"], permissions: ["procedures.act_in_case"] };

const COMMITTEE = {
  ...{ id: "k1", name: "Komisja grantowa", call: "c1", title: "Granty 2026", each_to: null, leads: true },
  sittings: [],
};

const matter = (id: string, title: string, lacks = "") => ({
  ...{ case: id, title, sign: "", unit: "", stage: "Ocena", is_being_scored: true, judgements: [], result: {} },
  ...{ closing: "scored", lacks },
});

const SERVER: Server = {
  "GET /api/v1/accounts/session/": CHAIR,
  "GET /api/v1/applications/committees/k1/": COMMITTEE,
  "GET /api/v1/applications/committees/k1/matters/": [
    matter("a1", "Wniosek A-07"),
    matter("a2", "Wniosek K-12"),
    matter("a3", "Wniosek M-30", "Oddano 1 z 3 potrzebnych ocen. Nie ocenili jeszcze: Bogdan Kowal."),
  ],
};

it("closes those that lack nothing one after another, and says of each what came of it", async () => {
  const pressed: string[] = [];
  const { user } = renderAt("/applications/committees/k1", {
    ...SERVER,
    "POST /api/v1/procedures/cases/a1/perform/": () => {
      pressed.push("a1");
      return json({});
    },
    "POST /api/v1/procedures/cases/a2/perform/": () => {
      pressed.push("a2");
      return problem(409, "Wyłączono Cię z oceny tej sprawy.");
    },
  });

  await user.click(await screen.findByRole("button", { name: "Zamknij ocenę wielu wniosków" }));
  const dialog = await screen.findByRole("dialog", { name: "Zamknij ocenę wniosków" });
  const short = within(dialog).getByRole("checkbox", { name: "Wniosek M-30" });
  expect(short).not.toBeChecked();
  expect(short).toHaveAccessibleDescription(/Nie ocenili jeszcze: Bogdan Kowal/);
  await user.click(within(dialog).getByRole("button", { name: "Zamknij ocenę: 2 wnioski" }));

  await waitFor(() =>
    expect(within(dialog).getByRole("status")).toHaveTextContent("Zamknięto 1 z 2, nie udało się: 1"),
  );
  expect(pressed).toEqual(["a1", "a2"]);
  expect(within(dialog).getByText("Wniosek A-07: ocena zamknięta.")).toBeInTheDocument();
  expect(within(dialog).getByText("Wniosek K-12: Wyłączono Cię z oceny tej sprawy.")).toBeInTheDocument();
});

it("lets a member take back a conflict that they declared by mistake, with the reason", async () => {
  const { user, asked } = renderAt("/applications/scoring", {
    ...SERVER,
    "GET /api/v1/applications/scoring/": [],
    "GET /api/v1/applications/committees/": [],
    "GET /api/v1/procedures/ties/": [],
    "GET /api/v1/procedures/conflicts/": [
      { id: "w1", title: "Wniosek A-07", procedure: "Grant", reason: "", declared_at: "2026-11-20T10:00:00Z" },
    ],
    "POST /api/v1/procedures/conflicts/w1/take_back/": () => new Response(null, { status: 204 }),
  });

  await user.click(await screen.findByRole("button", { name: "Wycofaj wyłączenie: Wniosek A-07" }));
  const dialog = await screen.findByRole("dialog");
  const confirm = within(dialog).getByRole("button", { name: "Wycofaj wyłączenie" });
  expect(confirm).toBeDisabled();
  await user.type(within(dialog).getByRole("textbox", { name: /Dlaczego/ }), "Nie ten wniosek");
  await user.click(confirm);

  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  const sent = asked.find(({ method }) => method === "POST");
  expect(await sent?.json()).toEqual({ reason: "Nie ten wniosek" });
});
