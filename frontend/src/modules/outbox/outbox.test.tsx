import { screen, waitFor, within } from "@testing-library/react";
import { CLERK, json, page, problem, renderAt } from "@tests/render";
import { expect, it } from "vitest";
import type { Schemas } from "@/api/client";

const JOB: Schemas["FailedJobOut"] = {
  id: "j1",
  city: "Bydgoszcz",
  task: "messaging.merge_answers",
  name: "Scalanie odpowiedzi",
  about: "Scalenie: Obiady",
  created_at: "2026-11-23T09:00:00Z",
  given_up_at: "2026-11-23T11:00:00Z",
  attempts: 12,
  sentence: "Zabrakło wzoru.",
  last_error: "KeyError: 'wzór'",
};

const SERVER = {
  "GET /api/v1/accounts/session/": { ...CLERK, permissions: ["outbox.manage_jobs"] },
  "GET /api/v1/outbox/jobs/": page([JOB]),
};

it("tells what was not done, since when and why, and keeps the error folded", async () => {
  renderAt("/outbox/jobs", SERVER);
  const row = within(await screen.findByRole("row", { name: /Scalanie odpowiedzi/ }));
  expect(row.getByText("Scalenie: Obiady")).toBeVisible();
  expect(row.getByText("23.11.2026, 12:00")).toBeVisible();
  expect(row.getByText("zlecono 23.11.2026, 10:00, 12 prób")).toBeVisible();
  expect(row.getByText("Zabrakło wzoru.")).toBeVisible();
  expect(row.getByText("KeyError: 'wzór'")).not.toBeVisible();
  expect(screen.queryByRole("columnheader", { name: "Miasto" })).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /wszystkie/ })).not.toBeInTheDocument();
});

it("names the city at the operators' host", async () => {
  const session = { ...SERVER["GET /api/v1/accounts/session/"], city: { name: "OPIUM", slug: "public" } };
  renderAt("/outbox/jobs", { ...SERVER, "GET /api/v1/accounts/session/": session });
  expect(await screen.findByRole("columnheader", { name: "Miasto" })).toBeVisible();
  expect(within(await screen.findByRole("row", { name: /Scalanie/ })).getByText("Bydgoszcz")).toBeVisible();
});

it("has it tried again and reads the list anew", async () => {
  let left = [JOB];
  const { user } = renderAt("/outbox/jobs", {
    ...SERVER,
    "GET /api/v1/outbox/jobs/": () => page(left),
    "POST /api/v1/outbox/jobs/j1/try-again/": () => {
      left = [];
      return json(null, 204);
    },
  });
  await user.click(
    await screen.findByRole("button", { name: "Spróbuj ponownie: Scalanie odpowiedzi: Scalenie: Obiady" }),
  );
  expect(await screen.findByText("Wszystkie zadania się udały")).toBeVisible();
});

it("leaves it for a reason, which the server asks for", async () => {
  const given: unknown[] = [];
  const { user } = renderAt("/outbox/jobs", {
    ...SERVER,
    "POST /api/v1/outbox/jobs/j1/leave/": async (request: Request) => {
      given.push(await request.json());
      return given.length === 1
        ? problem(400, "Popraw wskazane pola.", [{ field: "reason", detail: "Napisz powód." }])
        : json(null, 204);
    },
  });
  await user.click(await screen.findByRole("button", { name: /^Zostaw: / }));
  const dialog = within(await screen.findByRole("dialog"));
  await user.click(dialog.getByRole("button", { name: "Zostaw" }));
  expect((await dialog.findAllByText("Napisz powód."))[0]).toBeVisible();
  await user.type(dialog.getByRole("textbox", { name: /Dlaczego/ }), "Niepotrzebne.");
  await user.click(dialog.getByRole("button", { name: "Zostaw" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(given).toEqual([{ reason: "" }, { reason: "Niepotrzebne." }]);
});

it("tries all of them again at once", async () => {
  const { user } = renderAt("/outbox/jobs", {
    ...SERVER,
    "GET /api/v1/outbox/jobs/": page([JOB, { ...JOB, id: "j2" }]),
    "POST /api/v1/outbox/jobs/try-all-again/": { started: 1, refused: 1 },
  });
  await user.click(await screen.findByRole("button", { name: "Spróbuj ponownie wszystkie (2)" }));
  expect(await screen.findByText("Uruchomiono 1 zadanie. Zostało na liście: 1.")).toBeVisible();
});
