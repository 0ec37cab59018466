import { screen, waitFor, within } from "@testing-library/react";
import { making } from "@tests/making";
import { CLERK, json, page, problem, renderAt, type Server } from "@tests/render";
import { expect, it } from "vitest";

const HEAD = { ...CLERK, modules: [...CLERK.modules, "applications"], permissions: ["procedures.open_case"] };

const place = (rest: object) => ({
  ...{ unit: "u1", name: "SP 7", may: true, sentence: "Zostało 2 z 3.", round: "tura", opens_at: null },
  ...{ closes_at: "2026-12-15T14:00:00Z", limit: 3, left: 2, drafts: 0, handed_in: 1 },
  ...rest,
});

const OPENING = {
  id: "c1",
  procedure: "p1",
  title: "Granty 2026",
  description: "Na zajęcia po lekcjach.",
  noun: "wniosek",
  is_test: false,
  places: [place({})],
};

const OWN = {
  ...{ id: "a1", case: "k1", sign: "", title: "Teatr", call: { id: "c1", title: "Granty 2026" }, round: "tura" },
  ...{ unit: { id: "u1", short_name: "SP 7" }, applicant: "", stage: "Złożenie", is_draft: true, state: "open" },
  ...{ meaning: "", submitted_at: null, opened_at: "2026-11-20T10:00:00Z" },
  ...{ procedure: "p1", sheet: "s1", withdrawal: "withdrawn" },
  ball: { side: "applicant", who: ["Jan Dyrektor"], since: "2026-11-20T10:00:00Z", due_at: null },
};

const SERVER: Server = {
  "GET /api/v1/accounts/session/": HEAD,
  "GET /api/v1/applications/openings/": [OPENING],
  "GET /api/v1/applications/own/": page([OWN]),
};

it("says how many applications are left and until when, and begins one with its form", async () => {
  const { user, asked, router } = renderAt("/applications/own", {
    ...SERVER,
    "POST /api/v1/applications/own/": () => json({ id: "a2", case: "k2", sheet: "s2" }, 201),
  });

  const card = await screen.findByRole("article", { name: "Granty 2026" });
  expect(card).toHaveTextContent("zostało 2 z 3, do 15.12.2026, 15:00");
  await user.click(within(card).getByRole("button", { name: "Rozpocznij wniosek: Granty 2026" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/forms/sheets/s2"));
  const sent = asked.find(({ method }) => method === "POST");
  expect(await sent?.json()).toEqual({ call: "c1", unit: "u1", title: "" });
});

it("says why nothing can be begun, and what the server says when somebody was faster", async () => {
  const spent = place({ unit: "u2", name: "SP 8", may: false, sentence: "Wykorzystano już cały limit (3 z 3)." });
  const { user } = renderAt("/applications/own", {
    ...SERVER,
    "GET /api/v1/applications/openings/": [{ ...OPENING, places: [place({}), spent] }],
    "POST /api/v1/applications/own/": () => problem(409, "Wykorzystano już cały limit (3 z 3)."),
  });

  const card = await screen.findByRole("article", { name: "Granty 2026" });
  expect(card).toHaveTextContent("SP 8Wykorzystano już cały limit (3 z 3).");
  expect(within(card).getAllByRole("button")).toHaveLength(1);
  await user.click(within(card).getByRole("button"));
  expect(await within(card).findByRole("alert")).toHaveTextContent("Wykorzystano już cały limit (3 z 3).");
});

it("shows one's own applications with the stage and whose move it is", async () => {
  renderAt("/applications/own", SERVER);

  const row = (await screen.findByRole("link", { name: "Teatr" })).closest("tr") as HTMLElement;
  expect(row).toHaveTextContent("Granty 2026 · SP 7");
  expect(row).toHaveTextContent("Złożenie");
  expect(row).toHaveTextContent("szkic");
  expect(row).toHaveTextContent("Jan Dyrektor");
});

const LAST_YEARS = {
  ...{ ...OWN, id: "a0", case: "k0", title: "Chór", call: { id: "c0", title: "Granty 2025" } },
  ...{ is_draft: false, state: "closed", meaning: "positive", stage: "Zakończone", withdrawal: "", sheet: "s0" },
};
const COPY = "Skopiuj do nowego naboru: Chór";

it("prints each application, and leads to its withdrawal where its procedure offers one now", async () => {
  const { user, asked } = renderAt("/applications/own", {
    ...SERVER,
    "GET /api/v1/applications/own/": page([OWN, LAST_YEARS]),
    "POST /api/v1/forms/sheets/s0/print/": () => json({ id: "m1" }, 202),
    "GET /api/v1/files/makings/m1/": making("running"),
  });

  const withdraw = await screen.findByRole("link", { name: "Wycofaj: Teatr" });
  expect(withdraw).toHaveAttribute("href", "/procedures/cases/k1?press=withdrawn");
  expect(screen.queryByRole("link", { name: "Wycofaj: Chór" })).toBeNull();
  expect(screen.getByRole("button", { name: "Drukuj (PDF): Teatr" })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Drukuj (PDF): Chór" }));
  await waitFor(() => expect(asked.some(({ url }) => url.endsWith("/forms/sheets/s0/print/"))).toBe(true));
});

it("copies an older application into the one open call of its type, and a draft into none", async () => {
  const { user, asked, router } = renderAt("/applications/own", {
    ...SERVER,
    "GET /api/v1/applications/own/": page([OWN, LAST_YEARS]),
    "GET /api/v1/applications/openings/": [OPENING, { ...OPENING, id: "c2", title: "Nagrody", procedure: "p2" }],
    "POST /api/v1/applications/own/": () => json({ id: "a2", case: "k2", sheet: "s2" }, 201),
  });

  await user.click(await screen.findByRole("button", { name: COPY }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/forms/sheets/s2"));
  const sent = asked.find(({ method }) => method === "POST");
  expect(await sent?.json()).toEqual({ call: "c1", unit: "u1", title: "Chór", copied_from: "a0" });
  expect(screen.queryByRole("button", { name: "Skopiuj do nowego naboru: Teatr" })).toBeNull();
});

it("asks into which call where several of the type are open, and offers none that takes no more", async () => {
  const spent = { ...OPENING, id: "c3", title: "Granty pełne", places: [place({ may: false })] };
  const { user, asked } = renderAt("/applications/own", {
    ...SERVER,
    "GET /api/v1/applications/own/": page([LAST_YEARS]),
    "GET /api/v1/applications/openings/": [OPENING, { ...OPENING, id: "c2", title: "Granty wiosenne" }, spent],
    "POST /api/v1/applications/own/": () => json({ id: "a2", case: "k2", sheet: "s2" }, 201),
  });

  await user.click(await screen.findByRole("button", { name: COPY }));
  const offered = await screen.findAllByRole("menuitem", { hidden: true });
  expect(offered.map(({ textContent }) => textContent)).toEqual(["Granty 2026", "Granty wiosenne"]);
  await user.click(screen.getByRole("menuitem", { name: "Granty wiosenne", hidden: true }));
  await waitFor(() => expect(asked.some(({ method }) => method === "POST")).toBe(true));
  const sent = asked.find(({ method }) => method === "POST");
  expect(await sent?.json()).toEqual({ call: "c2", unit: "u1", title: "Chór", copied_from: "a0" });
});
