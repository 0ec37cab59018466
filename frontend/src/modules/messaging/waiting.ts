import { bodyOf, http } from "@/api/client";
import type { Waiting } from "@/ui/module";

/** How long after its deadline an own message with silent recipients stays on the list. */
const REMEMBERED_MS = 30 * 86_400_000;

/** What this person has to answer, for themselves or a unit of theirs, and whom they themselves still wait for. */
export async function waiting(): Promise<Waiting[]> {
  const [toAnswer, toChase] = await Promise.all([unanswered(), overdue(Date.now())]);
  return [...toAnswer, ...toChase];
}

async function unanswered(): Promise<Waiting[]> {
  const query = { waiting: true, page_size: 100 };
  const inbox = bodyOf(await http.GET("/api/v1/messaging/inbox/", { params: { query } }));
  return inbox.results.map((delivery) => ({
    key: `delivery ${delivery.id}`,
    title: delivery.subject,
    description:
      delivery.recipient.kind === "unit" ? `${delivery.sender}, do ${delivery.recipient.short_name}` : delivery.sender,
    action: delivery.is_unread ? "Przeczytaj i odpowiedz" : "Odpowiedz",
    to: `/messaging/inbox/${delivery.id}`,
    dueAt: delivery.due_at,
  }));
}

/** Own messages whose deadline has passed lately while somebody is still silent. */
async function overdue(now: number): Promise<Waiting[]> {
  const query = { mine: true, state: "sent" as const, ordering: "-sent_at", page_size: 100 };
  const sent = bodyOf(await http.GET("/api/v1/messaging/messages/", { params: { query } }));
  return sent.results
    .filter(({ due_at, counts }) => {
      const late = due_at === null ? -1 : now - Date.parse(due_at);
      return counts.silent > 0 && late > 0 && late < REMEMBERED_MS;
    })
    .map(({ id, subject, due_at, counts }) => ({
      key: `message ${id}`,
      title: subject,
      description: `brakuje ${counts.silent} z ${counts.recipients} odpowiedzi`,
      action: "Ponaglij",
      to: `/messaging/messages/${id}?status=silent`,
      dueAt: due_at,
    }));
}
