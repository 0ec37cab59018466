import { screen } from "@testing-library/react";
import { SENT } from "@tests/messaging";
import { CLERK, problem, renderAt, type Server } from "@tests/render";
import { expect, it } from "vitest";
import type { Schemas } from "@/api/client";

const ONE = "/api/v1/messaging/acceptances/m1/";
const WAITING: Schemas["AcceptanceOut"] = {
  case: "c1",
  version: 1,
  asked_at: "2026-11-20T09:00:00Z",
  state: "waiting",
  message: SENT,
  units: ["SP 1", "SP 2"],
  people: [],
  unit_count: 119,
  person_count: 0,
  steps: [{ at: "2026-11-20T09:00:00Z", who: "Ewa Lis", in_place_of: "", deed: "Założono sprawę", reason: "" }],
  can: ["accept", "return"],
  sends: true,
  blocked: "",
  trouble: "",
};

const server = (more: Server = {}): Server => ({ [`GET ${ONE}`]: WAITING, ...more });

it("accepts exactly the version that is on the screen, with one press", async () => {
  const { user, asked } = renderAt(
    "/messaging/acceptance/m1",
    server({ [`POST ${ONE}`]: { ...WAITING, state: "accepted", can: [] } }),
  );
  await user.click(await screen.findByRole("button", { name: "Akceptuj i wyślij" }));
  await screen.findByText("Zaakceptowano i wysłano.");
  const request = asked.find(({ method }) => method === "POST");
  expect(await request?.json()).toEqual({ verdict: "accept", reason: "", version: 1 });
});

it("promises to send nothing while somebody else accepts it after", async () => {
  const { user } = renderAt(
    "/messaging/acceptance/m1",
    server({ [`GET ${ONE}`]: { ...WAITING, sends: false }, [`POST ${ONE}`]: { ...WAITING, can: [], sends: false } }),
  );
  await user.click(await screen.findByRole("button", { name: "Akceptuj" }));
  expect(await screen.findByText("Zaakceptowano. Czeka na następną osobę.")).toBeVisible();
});

it("asks for a reason before a message is given back, and keeps it when the server refuses", async () => {
  let attempts = 0;
  const { user } = renderAt(
    "/messaging/acceptance/m1",
    server({
      [`POST ${ONE}`]: () => {
        attempts += 1;
        return attempts === 1
          ? problem(422, "Uzupełnij.", [{ field: "reason", detail: "Podaj powód." }])
          : problem(409, "Adam Nowak: Akceptuj i wyślij.");
      },
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Zwróć autorowi" }));
  await user.click(screen.getByRole("button", { name: "Zwróć" }));
  expect(await screen.findByRole("textbox", { name: /Co trzeba zmienić/ })).toHaveAccessibleDescription(
    /Podaj powód\./,
  );
  await user.type(screen.getByRole("textbox", { name: /Co trzeba zmienić/ }), "Brak terminu.");
  await user.click(screen.getByRole("button", { name: "Zwróć" }));
  expect(await screen.findByText("Adam Nowak: Akceptuj i wyślij.")).toBeVisible();
  expect(screen.getByRole("textbox", { name: /Co trzeba zmienić/ })).toHaveValue("Brak terminu.");
});

it("tells its author that it waits, and offers nothing to press", async () => {
  renderAt("/messaging/acceptance/m1", server({ [`GET ${ONE}`]: { ...WAITING, can: [] } }));
  expect(await screen.findByText("Czeka na akceptację")).toBeVisible();
  expect(screen.queryByRole("button", { name: /Akceptuj/ })).toBeNull();
});

const STRANGER = { "GET /api/v1/accounts/session/": { ...CLERK, person: null, modules: [], permissions: [] } };
const LINK = "POST /api/v1/messaging/acceptance-links/look/";
const LINKED = {
  person: "Adam Nowak",
  expires_at: "2026-11-30T09:00:00Z",
  acceptance: WAITING,
  files: [{ name: "ankieta.xlsx", size: 2048, url: "/files/x" }],
};

it("lets whoever has the letter's link decide without signing in, once", async () => {
  const { user, asked } = renderAt("/accept-message#s3cret", {
    ...STRANGER,
    [LINK]: LINKED,
    "POST /api/v1/messaging/acceptance-links/decide/": new Response(null, { status: 204 }),
  });
  expect(await screen.findByText(/Decyzję zapiszemy jako: Adam Nowak/)).toBeVisible();
  expect(screen.getByRole("link", { name: "ankieta.xlsx" })).toHaveAttribute("href", "/files/x");
  await user.click(screen.getByRole("button", { name: "Akceptuj i wyślij" }));
  expect(await screen.findByText("Możesz zamknąć tę stronę.")).toBeVisible();
  const request = asked.find(({ url }) => url.endsWith("decide/"));
  expect(await request?.json()).toEqual({ token: "s3cret", verdict: "accept", reason: "" });
});

it("shows nothing of the message once the link has ended, but why and what to do", async () => {
  const refused = problem(409, "Ten odnośnik już nie działa: użyto go już. Zaloguj się.", [], "link_over");
  renderAt("/accept-message#s3cret", { ...STRANGER, [LINK]: refused });
  expect(await screen.findByText(/użyto go już/)).toBeVisible();
  expect(screen.getByRole("link", { name: "Przejdź do logowania" })).toBeVisible();
  expect(screen.queryByRole("button", { name: /Akceptuj/ })).toBeNull();
});

it("says what the system could not do for the message that waits", async () => {
  renderAt(
    "/messaging/acceptance/m1",
    server({ [`GET ${ONE}`]: { ...WAITING, trouble: "Nie powiadomiono kierownika." } }),
  );
  expect(await screen.findByRole("alert")).toHaveTextContent("Nie powiadomiono kierownika.");
});
