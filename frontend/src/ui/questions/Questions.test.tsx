import { screen, waitFor, within } from "@testing-library/react";
import { json, renderAlone, type Server } from "@tests/render";
import { expect, it } from "vitest";
import { Questions, type Thread } from "@/ui/questions/Questions";

const URL_OF_IT = "/api/v1/threads/about/messaging.delivery/d1/";
const QUESTION: Thread["posts"][number] = {
  id: "p1",
  side: "outside",
  author: "Jan Dyrektor",
  text: "Czy wliczać zerówki w SP 7?",
  wants_answer: true,
  at: "2026-11-20T10:00:00Z",
  shown_at: null,
  shown_question: "",
  files: [],
};
const ANSWER = { ...QUESTION, id: "p2", side: "office", author: "Ewa Lis", text: "Tak.", at: "2026-11-20T11:00:00Z" };

const thread = (changes: Partial<Thread> = {}): Thread => ({
  subject_kind: "messaging.delivery",
  subject_id: "d1",
  side: "outside",
  may_write: true,
  may_show: false,
  closed: "",
  is_asked: false,
  posts: [],
  shown: [],
  ...changes,
});

const shown = (server: Server) =>
  renderAlone(
    <Questions
      kind="messaging.delivery"
      id="d1"
      title="Pytania do nadawcy"
      outside="SP 7"
      office="nadawca"
      invitation="Zapytaj nadawcę."
    />,
    server,
  );

it("asks the sender, and says that an answer is waited for", async () => {
  const posts: Thread["posts"] = [];
  const { user, asked } = shown({
    [`GET ${URL_OF_IT}`]: () => thread({ posts }),
    [`POST ${URL_OF_IT}`]: () => {
      posts.push(QUESTION);
      return json(thread({ posts }), 201);
    },
  });
  await user.click(await screen.findByRole("button", { name: "Zadaj pytanie" }));
  await user.type(screen.getByRole("textbox", { name: "Treść" }), "Czy wliczać?");
  expect(screen.getByRole("checkbox", { name: /czekam na odpowiedź/i })).toBeChecked();
  await user.click(screen.getByRole("button", { name: "Wyślij" }));

  const list = await screen.findByRole("list", { name: "Pytania i odpowiedzi" });
  expect(list).toHaveTextContent("Jan Dyrektor (SP 7)");
  const sent = asked.find(({ method }) => method === "POST");
  expect(await sent?.json()).toEqual({ text: "Czy wliczać?", wants_answer: true, files: [] });
});

it("opens the answer's place where a question waits, and what answers asks nothing", async () => {
  const { user, asked } = shown({
    [`GET ${URL_OF_IT}`]: thread({ side: "office", is_asked: true, posts: [QUESTION] }),
    [`POST ${URL_OF_IT}`]: () => json(thread({ side: "office" }), 201),
  });
  await user.type(await screen.findByRole("textbox", { name: "Odpowiedź" }), "Tak.");
  expect(screen.getByRole("checkbox", { name: /czekam na odpowiedź/i })).not.toBeChecked();
  await user.click(screen.getByRole("button", { name: "Wyślij odpowiedź" }));

  await waitFor(() => expect(asked.some(({ method }) => method === "POST")).toBe(true));
  const sent = asked.find(({ method }) => method === "POST");
  expect(await sent?.json()).toMatchObject({ text: "Tak.", wants_answer: false });
});

it("lets the question be reworded before all addressees read the answer", async () => {
  const { user, asked } = shown({
    [`GET ${URL_OF_IT}`]: thread({ side: "office", may_show: true, posts: [QUESTION, ANSWER as typeof QUESTION] }),
    "POST /api/v1/threads/posts/p2/show/": () => json(thread({ side: "office" })),
  });
  await user.click(await screen.findByRole("button", { name: "Pokaż wszystkim adresatom" }));
  const dialog = await screen.findByRole("dialog");
  const words = within(dialog).getByRole("textbox", { name: "Pytanie, jak je przeczytają" });
  expect(words).toHaveValue("Czy wliczać zerówki w SP 7?");
  await user.clear(words);
  await user.type(words, "Czy wliczać zerówki?");
  await user.click(within(dialog).getByRole("button", { name: "Pokaż wszystkim" }));

  await waitFor(() => expect(asked.some(({ url }) => url.endsWith("/show/"))).toBe(true));
  const sent = asked.find(({ url }) => url.endsWith("/show/"));
  expect(await sent?.json()).toEqual({ question: "Czy wliczać zerówki?" });
});

it("reads what was answered to others, and writes nothing where nothing can be written", async () => {
  const others = [{ id: "p9", question: "Do kiedy?", text: "Do piątku.", at: "2026-11-20T11:00:00Z", files: [] }];
  shown({
    [`GET ${URL_OF_IT}`]: thread({
      may_write: false,
      closed: "Ta sprawa jest zakończona.",
      posts: [QUESTION],
      shown: others,
    }),
  });
  expect(await screen.findByRole("region", { name: "Odpowiedzi dla wszystkich adresatów" })).toHaveTextContent(
    "Do piątku.",
  );
  expect(screen.getByText(/Nie można już tu pisać/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Napisz" })).not.toBeInTheDocument();
});
