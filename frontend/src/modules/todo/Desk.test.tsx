import { screen, within } from "@testing-library/react";
import { CLERK, page, problem, renderAt } from "@tests/render";
import { CASE_RUN, inDays, SURVEY, WAITING } from "@tests/todo";
import { expect, it } from "vitest";

const ROWS = "GET /api/v1/todo/waiting/";
const COUNTS = "GET /api/v1/todo/waiting/count/";
const RUNNING = "GET /api/v1/todo/running/";
const SESSION = "GET /api/v1/accounts/session/";

const later = { ...WAITING, id: "w2", title: "Bez terminu", group: "later" as const, due_at: null, url: "/x" };
const soon = {
  ...WAITING,
  id: "w3",
  title: "Ankieta",
  group: "week" as const,
  due_at: inDays(3),
  in_place_of: "Ola Lis",
};

it("groups what waits by how near it is, the most pressing first", async () => {
  renderAt("/", {
    [ROWS]: page([WAITING, soon, later], 90),
    [COUNTS]: { count: 90, overdue: 1, today: 0, week: 1, later: 88 },
  });
  await screen.findByRole("region", { name: "Po terminie (1)" });
  expect(screen.getAllByRole("heading", { level: 2 }).map(({ textContent }) => textContent)).toEqual([
    "Po terminie (1)",
    "W ciągu 7 dni (1)",
    "Później i bez terminu (88)",
    "W toku",
  ]);
  const overdue = screen.getByRole("list", { name: "Po terminie (1)" });
  expect(within(overdue).getByRole("link", { name: WAITING.title })).toHaveAttribute("href", "/procedures/cases/c1");
  expect(overdue).toHaveTextContent("Sprawdź formalnie");
  expect(overdue).toHaveTextContent("po terminie o 1 dzień");
  expect(screen.getByRole("list", { name: "W ciągu 7 dni (1)" })).toHaveTextContent("w zastępstwie za: Ola Lis");
  expect(screen.getByText("90 rzeczy, w tym 1 po terminie; najpilniejsze na górze")).toBeVisible();
  expect(screen.getByRole("link", { name: "Pokaż wszystkie (90)" })).toHaveAttribute("href", "/todo/waiting");
});

it("asks the same few questions whatever waits, and nothing of the city for whoever may not see it", async () => {
  const { asked } = renderAt("/", { [ROWS]: page([WAITING]) });
  await screen.findByRole("region", { name: "Po terminie (1)" });
  const paths = asked.map(({ url }) => new URL(url).pathname).filter((path) => !path.includes("/accounts/"));
  expect(new Set(paths)).toEqual(
    new Set([
      "/api/v1/todo/waiting/",
      "/api/v1/todo/waiting/count/",
      "/api/v1/todo/running/",
      "/api/v1/notifications/count/",
    ]),
  );
});

it("says what an empty desk means and what this person may do next", async () => {
  renderAt("/");
  expect(await screen.findByText("Nic na Ciebie nie czeka")).toBeVisible();
  const main = within(screen.getByRole("main"));
  expect(main.getByRole("link", { name: "Napisz wiadomość" })).toHaveAttribute("href", "/messaging/compose");
  expect(main.queryByRole("link", { name: "Załóż sprawę" })).not.toBeInTheDocument();
  expect(screen.getByText(/ostatnio o \d\d:\d\d/)).toBeVisible();
  expect(await screen.findByText(/Nic Twojego nie jest teraz w rękach innych/)).toBeVisible();
});

it("tells somebody without a role whom to ask, and offers nothing that would be refused", async () => {
  renderAt("/", { [SESSION]: { ...CLERK, permissions: [], has_role: false } });
  expect(await screen.findByText(/Nie masz jeszcze żadnej roli/)).toBeVisible();
  expect(screen.queryByRole("link", { name: "Napisz wiadomość" })).not.toBeInTheDocument();
  expect(screen.queryByRole("region", { name: "W toku" })).not.toBeInTheDocument();
});

it("does not say that nothing waits when it could not be read", async () => {
  renderAt("/", { [ROWS]: () => problem(500, "Serwer nie odpowiada.") });
  expect(await screen.findByText("Serwer nie odpowiada.")).toBeVisible();
  expect(screen.queryByText("Nic na Ciebie nie czeka")).not.toBeInTheDocument();
});

it("shows own surveys with their bars and own cases by whose move it is", async () => {
  renderAt("/", {
    [RUNNING]: [
      { code: "messaging.surveys", label: "Moje ankiety", url: "/messaging/messages", count: 8, runs: [SURVEY] },
      { code: "procedures.cases", label: "Sprawy", url: "/procedures/cases", count: 1, runs: [CASE_RUN] },
    ],
  });
  const surveys = within(await screen.findByRole("region", { name: "Moje ankiety (8)" }));
  expect(surveys.getByText("odpowiedziało 40 z 119")).toBeVisible();
  expect(surveys.getByText("po terminie o 2 dni")).toBeVisible();
  expect(surveys.getByRole("link", { name: "Pokaż wszystkie (8)" })).toHaveAttribute("href", "/messaging/messages");
  const cases = screen.getByRole("region", { name: "Sprawy (1)" });
  expect(cases).toHaveTextContent("ruch wnioskodawcy: SP 1, od 20.11.2026");
});

it("keeps what waits when what is running could not be read", async () => {
  renderAt("/", { [ROWS]: page([WAITING]), [RUNNING]: () => problem(500, "Serwer nie odpowiada.") });
  expect(await screen.findByText("Nie udało się wczytać tego, co masz w toku")).toBeVisible();
  expect(screen.getByRole("region", { name: "Po terminie (1)" })).toBeVisible();
});

const part = (label: string, value: number, url = "") => ({ label, value, tone: "info" as const, url });

it("gives directors the city in numbers, every picture with its table", async () => {
  const figure = { sentence: "Otwarte sprawy." };
  const { user } = renderAt("/", {
    [SESSION]: { ...CLERK, permissions: [...CLERK.permissions, "todo.view_overview"] },
    "GET /api/v1/todo/overview/": [
      { ...figure, code: "a", title: "Czyj ruch", shape: "whole", parts: [part("urząd", 3, "/x"), part("inni", 1)] },
      { ...figure, code: "b", title: "Procedury", shape: "bars", parts: [part("Granty", 1234)] },
      {
        ...figure,
        code: "c",
        title: "Odpowiedzi",
        shape: "days",
        parts: [part("29.11.2026", 2), part("30.11.2026", 5)],
      },
      { ...figure, code: "d", title: "Zakończone", shape: "whole", parts: [part("pozytywnie", 0)] },
    ],
  });
  const whole = await screen.findByRole("table", { name: "Czyj ruch" });
  expect(within(whole).getByRole("row", { name: "urząd 3 75%" })).toBeVisible();
  expect(within(whole).getByRole("link", { name: "urząd" })).toHaveAttribute("href", "/x");
  expect(within(screen.getByRole("table", { name: "Procedury" })).getByRole("row")).toHaveTextContent("1 234");
  await user.click(screen.getByText("Tabela: Odpowiedzi"));
  expect(screen.getByRole("row", { name: "30.11.2026 5" })).toBeVisible();
  expect(screen.getByText("W tej chwili zero: Zakończone.")).toBeVisible();
});
