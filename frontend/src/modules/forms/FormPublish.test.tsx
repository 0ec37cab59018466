import { screen, waitFor, within } from "@testing-library/react";
import { AUTHOR, documentOf, FORM_ID, formOut, question } from "@tests/forms";
import { renderAt } from "@tests/render";
import { expect, it } from "vitest";

const FORM = `/api/v1/forms/forms/${FORM_ID}/`;
const REVISION = { id: "r1", number: 1, published_at: "2026-11-01T12:00:00Z", published_by: "Anna Nowak" };
const GROUP = {
  revision: 1,
  state: "draft",
  count: 43,
  losing: 3,
  asked: 0,
  owners: ["WES.4424.1.2026", "WES.4424.2.2026"],
  losses: [{ path: "uwagi", label: "Uwagi", count: 3, sentence: "3 arkusze stracą odpowiedź na „Uwagi”." }],
  newly_required: [],
  newly_wrong: [],
  sentence: "43 arkusze: 3 stracą odpowiedź na „Uwagi”.",
};
const CHANGE = { kind: "removed", path: "uwagi", label: "Uwagi", sentence: "Usunięto pytanie „Uwagi”." };

const form = (more: Record<string, unknown> = {}) =>
  formOut(documentOf(question("tytul", "short_text")), { revisions: [REVISION], draft_version: 9, ...more });

it("says what changes and for whom, and publishes with the choice made for each group", async () => {
  const { user, asked, router } = renderAt(`/forms/forms/${FORM_ID}/publish`, {
    ...AUTHOR,
    [`GET ${FORM}`]: form(),
    [`GET ${FORM}effects/`]: { changes: [CHANGE], groups: [GROUP] },
    [`POST ${FORM}publish/`]: { revision: { ...REVISION, number: 2 }, moved: 43, asked: 43 },
  });
  expect(await screen.findByText("Usunięto pytanie „Uwagi”.")).toBeInTheDocument();
  const group = within(screen.getByRole("radiogroup", { name: "43 arkusze na wersji 1, niezłożone" }));
  expect(group.getByText("3 arkusze stracą odpowiedź na „Uwagi”.")).toBeInTheDocument();
  expect(group.getByRole("radio", { name: "Zostaw na dotychczasowej wersji" })).toBeChecked();
  await user.click(group.getByRole("radio", { name: "Przenieś i poproś o poprawę" }));
  await user.click(screen.getByRole("button", { name: "Publikuj" }));

  const dialog = within(await screen.findByRole("dialog", { name: "Opublikować formularz „Wniosek o grant”?" }));
  expect(dialog.getByText(/Na nową wersję przejdzie 43 arkusze/)).toBeInTheDocument();
  expect(asked.some(({ url }) => url.endsWith("/publish/"))).toBe(false);
  await user.click(dialog.getByRole("button", { name: "Publikuj" }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/forms/forms/${FORM_ID}`));
  const sent = asked.find(({ url, method }) => method === "POST" && url.endsWith("/publish/"));
  expect(await sent?.json()).toEqual({
    moves: [{ revision: 1, state: "draft", choice: "move_and_ask" }],
    draft_version: 9,
  });
});

it("does not publish a form that needs mending, and says where", async () => {
  renderAt(`/forms/forms/${FORM_ID}/publish`, {
    ...AUTHOR,
    [`GET ${FORM}`]: form({ problems: [{ path: "sections/0", where: "Sekcja „Dane”", sentence: "Brakuje tytułu." }] }),
    [`GET ${FORM}effects/`]: { changes: [CHANGE], groups: [] },
  });
  expect(await screen.findByText("Sekcja „Dane”: Brakuje tytułu.")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Publikuj" })).toBeDisabled();
});
