import { COUNTS, inDays, RECEIVED, SENT } from "@tests/messaging";
import { page, serve } from "@tests/render";
import { expect, it } from "vitest";
import { waiting } from "./waiting";

it("says what waits, for which unit, and leads to the message", async () => {
  const due = inDays(2);
  const { asked } = serve({
    "GET /api/v1/messaging/inbox/": page([
      { ...RECEIVED, due_at: due },
      { ...RECEIVED, id: "d2", is_unread: false, recipient: { ...RECEIVED.recipient, kind: "person" } },
    ]),
  });
  expect(await waiting()).toMatchObject([
    {
      title: "Ankieta o obiadach",
      description: "Katarzyna Wiśniewska, do SP 1",
      action: "Przeczytaj i odpowiedz",
      to: "/messaging/inbox/d1",
      dueAt: due,
    },
    { description: "Katarzyna Wiśniewska", action: "Odpowiedz", to: "/messaging/inbox/d2" },
  ]);
  expect(asked.find(({ url }) => url.includes("/inbox/"))?.url).toContain("waiting=true");
});

it("reminds the sender of a request whose date passed lately while some are silent", async () => {
  const one = (id: string, due_at: string | null, silent = 2) => ({
    ...SENT,
    id,
    due_at,
    counts: { ...COUNTS, silent },
  });
  const { asked } = serve({
    "GET /api/v1/messaging/messages/": page([
      one("passed", inDays(-1)),
      one("all answered", inDays(-1), 0),
      one("not yet", inDays(1)),
      one("no date", null),
      one("long ago", inDays(-31)),
    ]),
  });
  expect(await waiting()).toMatchObject([
    {
      to: "/messaging/messages/passed?status=silent",
      description: "brakuje 2 z 119 odpowiedzi",
      action: "Ponaglij",
    },
  ]);
  expect(asked.find(({ url }) => url.includes("/messages/"))?.url).toMatch(/mine=true&state=sent/);
});
