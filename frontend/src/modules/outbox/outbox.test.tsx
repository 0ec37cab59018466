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

const MEASURES: Schemas["InstallationOut"] = {
  at: "2026-11-30T10:00:00+01:00",
  last_tick: "2026-11-30T09:59:10+01:00",
  oldest_due: "2026-11-30T09:54:00+01:00",
  oldest_mail: null,
  given_up: 2,
  disk_free: 30_000_000_000,
  disk_size: 1_000_000_000_000,
  scanner: "unset",
  ill: ["clock", "work", "given_up", "disk", "scanner"],
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
  renderAt("/outbox/jobs", {
    ...SERVER,
    "GET /api/v1/accounts/session/": session,
    "GET /api/v1/installation/": MEASURES,
  });
  expect(await screen.findByRole("columnheader", { name: "Miasto" })).toBeVisible();
  expect(within(await screen.findByRole("row", { name: /Scalanie/ })).getByText("Bydgoszcz")).toBeVisible();
});

/** The cells of the operators' table of the installation, row by row. */
async function told(measures: Schemas["InstallationOut"]) {
  const session = { ...SERVER["GET /api/v1/accounts/session/"], city: { name: "OPIUM", slug: "public" } };
  renderAt("/outbox/jobs", {
    ...SERVER,
    "GET /api/v1/accounts/session/": session,
    "GET /api/v1/installation/": measures,
  });
  const table = within(await screen.findByRole("table", { name: "Stan instalacji" }));
  await table.findByRole("rowheader", { name: "Dysk plików" });
  const headers = table.getAllByRole("columnheader").map(({ textContent }) => textContent);
  const rows = table.getAllByRole("row").slice(1);
  return rows.map((row) =>
    [within(row).getByRole("rowheader"), ...within(row).getAllByRole("cell")].map(({ textContent }, index) =>
      textContent.replace(`${headers[index]}: `, "").replace(/\u00a0/g, " "),
    ),
  );
}

it("tells operators each fact of the installation, its state in a word and what to do", async () => {
  expect(await told(MEASURES)).toEqual([
    [
      "Zegar zadań w tle",
      "do sprawdzenia",
      "ruszył 50 sekund temu",
      "Sprawdź, czy działają zegar i robotnicy (celery beat i worker) oraz kolejka.",
    ],
    [
      "Zadania czekające na robotnika",
      "do sprawdzenia",
      "najstarsze czeka 6 minut",
      "Dodaj robotników albo sprawdź, czy działają.",
    ],
    ["Wysyłanie e-maili", "w porządku", "nic nie czeka", ""],
    ["Nieudane zadania", "do sprawdzenia", "2", "Na liście poniżej uruchom je ponownie albo zostaw z powodem."],
    ["Dysk plików", "do sprawdzenia", "wolne 30 GB z 1000 GB", "Dodaj miejsce na dysku."],
    [
      "Skanowanie przesyłanych plików",
      "do sprawdzenia",
      "nikt nie sprawdza plików",
      "Zainstaluj clamav-daemon i ustaw CLAMD.",
    ],
  ]);
});

it("tells operators of a healthy installation that there is nothing to do", async () => {
  const rows = await told({
    ...MEASURES,
    oldest_due: null,
    oldest_mail: "2026-11-30T07:00:00+01:00",
    given_up: 0,
    disk_free: null,
    disk_size: null,
    scanner: "answers",
    ill: [],
  });
  expect(rows.map(([, state, value, todo]) => [state, value, todo])).toEqual([
    ["w porządku", "ruszył 50 sekund temu", ""],
    ["w porządku", "nic nie czeka", ""],
    ["w porządku", "najstarszy czeka 3 godziny", ""],
    ["w porządku", "brak", ""],
    ["w porządku", "pliki są w magazynie S3", ""],
    ["w porządku", "program antywirusowy odpowiada", ""],
  ]);
});

it("does not show people of a city the installation", async () => {
  const { asked } = renderAt("/outbox/jobs", SERVER);
  await screen.findByRole("row", { name: /Scalanie odpowiedzi/ });
  expect(screen.queryByRole("table", { name: "Stan instalacji" })).not.toBeInTheDocument();
  expect(asked.map(({ url }) => new URL(url).pathname)).not.toContain("/api/v1/installation/");
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
