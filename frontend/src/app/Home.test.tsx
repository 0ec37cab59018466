import { screen, within } from "@testing-library/react";
import { page, problem, renderAt } from "@tests/render";
import { expect, it } from "vitest";
import { returnPath } from "@/app/returnPath";
import { byDeadline } from "@/app/waiting";

const matter = (key: string, dueAt: string | null) => ({
  key,
  title: key,
  description: "",
  action: "",
  to: `/${key}`,
  dueAt,
});

it("puts the most pressing first, what has no deadline last", () => {
  const matters = [
    matter("bez terminu", null),
    matter("za tydzień", "2026-11-30T12:00:00Z"),
    matter("po terminie", "2026-11-01T12:00:00+01:00"),
    matter("też bez terminu", null),
  ];
  expect(byDeadline(matters).map(({ key }) => key)).toEqual([
    "po terminie",
    "za tydzień",
    "bez terminu",
    "też bez terminu",
  ]);
});

it("says so when nothing waits", async () => {
  renderAt("/");
  expect(await screen.findByText("Nic na Ciebie nie czeka")).toBeVisible();
});

it("does not say that nothing waits when it could not be read", async () => {
  renderAt("/", { "GET /api/v1/messaging/inbox/": () => problem(500, "Serwer nie odpowiada.") });
  const alert = await screen.findByRole("alert");
  expect(within(alert).getByText("Serwer nie odpowiada.")).toBeVisible();
  expect(screen.queryByText("Nic na Ciebie nie czeka")).not.toBeInTheDocument();
});

const DAY = 86_400_000;
const from = (days: number) => new Date(Date.now() + days * DAY).toISOString();

const sent = (id: string, due_at: string | null, silent: number) => ({
  ...{
    id,
    subject: id,
    state: "sent",
    author: { id: "a", name: "Anna Nowak" },
    updated_at: from(-40),
    sent_at: from(-40),
    due_at,
    can: [],
  },
  counts: { recipients: 119, delivered: 119, opened: 119, answered: 119 - silent, silent, late: 0 },
});

it("lists what is to be answered and own messages past their deadline that some have not answered", async () => {
  renderAt("/", {
    "GET /api/v1/messaging/inbox/": page([
      {
        ...{
          id: "d1",
          subject: "Ankieta",
          sender: "Jan Lis",
          sent_at: from(-1),
          due_at: from(2),
          locks_at: null,
          answered_at: null,
        },
        ...{
          is_unread: true,
          is_waiting: true,
          is_late: false,
          recipient: { kind: "unit", id: "u1", short_name: "SP 1" },
        },
      },
    ]),
    "GET /api/v1/messaging/messages/": page([
      sent("Po terminie", from(-2), 3),
      sent("Wszyscy odpowiedzieli", from(-2), 0),
      sent("Jeszcze czas", from(2), 5),
      sent("Bez terminu", null, 5),
      sent("Dawno temu", from(-31), 5),
    ]),
  });
  const list = within(await screen.findByRole("list", { name: "Sprawy, które na mnie czekają" }));
  expect(list.getAllByRole("link").map((link) => link.textContent)).toEqual(["Po terminie", "Ankieta"]);
  expect(list.getByText("Ponaglij · brakuje 3 z 119 odpowiedzi")).toBeVisible();
  expect(list.getByText("Przeczytaj i odpowiedz · Jan Lis, do SP 1")).toBeVisible();
});

it.each([
  ["/directory/units?page=2", "/directory/units?page=2"],
  [null, "/"],
  ["//elsewhere.example/x", "/"],
  ["/\\elsewhere.example", "/"],
  ["https://elsewhere.example", "/"],
  ["javascript:alert(1)", "/"],
])("after signing in, %s leads to %s", (given, path) => {
  expect(returnPath(given)).toBe(path);
});
