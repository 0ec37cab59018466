import { screen, waitFor, within } from "@testing-library/react";
import { AUTHOR, documentOf, FORM_ID, formOut, projectionOf, question } from "@tests/forms";
import { problem, renderAt, type Server } from "@tests/render";
import { beforeEach, expect, it, vi } from "vitest";
import type { FormDocument } from "@/ui/filling/definition";

/** A window as wide as a desk's, or as a phone's. */
const inWindow = (isWide: boolean) => {
  const usual = window.matchMedia;
  vi.spyOn(window, "matchMedia").mockImplementation((query) => {
    const asked = usual(query);
    return query.includes("min-width") ? { ...asked, matches: isWide } : asked;
  });
};

beforeEach(() => inWindow(true));

const FORM = `/api/v1/forms/forms/${FORM_ID}/`;

const DRAFT: FormDocument = {
  format: 1,
  title: "Wniosek",
  sections: [
    {
      key: "dane",
      title: "Dane",
      questions: [question("tytul", "short_text", { label: "Tytuł" }), question("koszt", "money", { label: "Koszt" })],
    },
    { key: "inne", title: "Inne", questions: [question("uwagi", "long_text", { label: "Uwagi" })] },
  ],
};

interface Saved {
  draft: FormDocument;
  name?: string;
}

/** A server that keeps the draft, and says of it what `more` says. */
function build(draft = DRAFT, more: Record<string, unknown> = {}, server: Server = {}) {
  const saves: Saved[] = [];
  let form = formOut(draft, more);
  const shown = renderAt(`/forms/forms/${FORM_ID}`, {
    ...AUTHOR,
    [`GET ${FORM}`]: () => form,
    [`PATCH ${FORM}`]: async (request) => {
      const body: Saved = await request.json();
      saves.push(body);
      form = { ...form, ...body };
      return form;
    },
    [`POST ${FORM}preview/`]: async (request) => projectionOf((await request.json()).draft),
    ...server,
  });
  return { ...shown, saves };
}

const outline = async () => within(await screen.findByRole("navigation", { name: "Układ formularza" }));
const editor = (name: string) => within(screen.getByRole("region", { name }));
const keysIn = (draft: FormDocument | undefined) =>
  draft?.sections.map(({ key, questions }) => [key, ...questions.map((one) => one.key)].join(" "));

it("moves a question with Alt and an arrow, says where it has come to, and keeps the focus on it", async () => {
  const { user, saves } = build();
  const cost = await (await outline()).findByRole("button", { name: /^Koszt/ });
  cost.focus();
  await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
  expect(screen.getByText("Pytanie „Koszt”: miejsce 1 z 2 w sekcji „Inne”.")).toBeInTheDocument();
  await waitFor(() => expect(screen.getByRole("button", { name: /^Koszt/ })).toHaveFocus());
  await user.keyboard("{Alt>}{ArrowUp}{ArrowUp}{/Alt}");
  await waitFor(() => expect(keysIn(saves.at(-1)?.draft)).toEqual(["dane koszt tytul", "inne uwagi"]));
});

it("moves a section with its buttons, for those who have no Alt", async () => {
  const { user, saves } = build();
  await user.click(await (await outline()).findByRole("button", { name: "Inne" }));
  await user.click(screen.getByRole("button", { name: "Przenieś wyżej: Inne" }));
  await waitFor(() => expect(keysIn(saves.at(-1)?.draft)).toEqual(["inne uwagi", "dane tytul koszt"]));
});

it("adds a question after the chosen one and names its key after the label, once", async () => {
  const { user, saves } = build();
  await user.click(await (await outline()).findByRole("button", { name: "Dodaj pytanie do sekcji: Dane" }));
  await user.click(await screen.findByRole("menuitem", { name: "Data", hidden: true }));
  const label = editor("Data").getByRole("textbox", { name: "Pytanie" });
  await user.type(label, "Data rozpoczęcia");
  await user.tab();
  await waitFor(() => expect(keysIn(saves.at(-1)?.draft)).toEqual(["dane tytul data_rozpoczecia koszt", "inne uwagi"]));
  await user.type(editor("Data").getByRole("textbox", { name: "Pytanie" }), " prac");
  await user.tab();
  await waitFor(() => expect(saves.at(-1)?.draft.sections[0]?.questions[1]?.label).toBe("Data rozpoczęcia prac"));
  expect(saves.at(-1)?.draft.sections[0]?.questions[1]?.key).toBe("data_rozpoczecia");
});

it("keeps the key of a published question, whatever it is called", async () => {
  const revision = { id: "r", number: 1, published_at: "2026-11-23T12:00:00Z", published_by: "Anna Nowak" };
  const { user } = build(documentOf(question("pytanie", "short_text", { label: "", prefill: "link" })), {
    revisions: [revision],
  });
  await screen.findByRole("region", { name: "Krótki tekst" });
  await user.type(editor("Krótki tekst").getByRole("textbox", { name: "Pytanie" }), "Tytuł");
  await user.tab();
  const key = editor("Krótki tekst").getByRole("textbox", { name: "Klucz" });
  expect(key).toHaveValue("pytanie");
  expect(key).toHaveAttribute("readonly");
});

it("brings a deleted question back, from the notice or with Ctrl+Z", async () => {
  const { user, saves } = build();
  await user.click(await (await outline()).findByRole("button", { name: /^Koszt/ }));
  await user.click(editor("Kwota w złotych").getByRole("button", { name: "Usuń" }));
  expect(await screen.findByText("Usunięto pytanie „Koszt”.")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Przywróć" }));
  expect(await (await outline()).findByRole("button", { name: /^Koszt/ })).toBeInTheDocument();

  await user.click(screen.getByRole("button", { name: /^Koszt/ }));
  await user.click(editor("Kwota w złotych").getByRole("button", { name: "Usuń" }));
  expect(screen.queryByRole("button", { name: /^Koszt/ })).toBeNull();
  await user.keyboard("{Control>}z{/Control}");
  expect(await (await outline()).findByRole("button", { name: /^Koszt/ })).toBeInTheDocument();
  await waitFor(() => expect(keysIn(saves.at(-1)?.draft) ?? []).not.toContain("dane tytul"));
});

it("lists what hinders publishing, and a link leads to the question and its field", async () => {
  const { user } = build(DRAFT, {
    problems: [
      { path: "sections/1/questions/0/show", where: "Sekcja „Inne” › „Uwagi”", sentence: "Nie ma pytania „x”." },
    ],
  });
  await user.click(await screen.findByRole("button", { name: "Sekcja „Inne” › „Uwagi”" }));
  expect(editor("Długi tekst").getByRole("textbox", { name: "Pytanie" })).toHaveValue("Uwagi");
  expect(editor("Długi tekst").getByText("Nie ma pytania „x”.")).toBeInTheDocument();
});

it("puts a condition together from questions, and shows it as an expression", async () => {
  const { user, saves } = build();
  await user.click(await (await outline()).findByRole("button", { name: /^Uwagi/ }));
  const show = within(editor("Długi tekst").getByRole("group", { name: "Pokazuj, gdy" }));
  await user.click(show.getByRole("button", { name: "Dodaj warunek: Pokazuj, gdy" }));
  await user.click(show.getByRole("combobox", { name: "Pytanie" }));
  await user.click(await screen.findByRole("option", { name: "Koszt", hidden: true }));
  await user.selectOptions(show.getByRole("combobox", { name: "Porównanie" }), "jest większe niż");
  await user.type(show.getByRole("textbox", { name: "Wartość" }), "1 200,5");
  await waitFor(() => expect(saves.at(-1)?.draft.sections[1]?.questions[0]?.show).toBe("koszt > 1200.5"));

  await user.click(show.getByRole("radio", { name: "Wyrażenie" }));
  const text = show.getByRole("textbox", { name: "Pokazuj, gdy: wyrażenie" });
  expect(text).toHaveValue("koszt > 1200.5");
  await user.type(text, " i długość(tytul) > 3");
  expect(show.getByText(/nie da się złożyć z listy/)).toBeInTheDocument();
});

it("previews the draft with the answers tried, as the server sees it", async () => {
  const { user, asked } = build();
  const preview = within(await screen.findByRole("region", { name: "Podgląd" }));
  await user.type(await preview.findByRole("textbox", { name: "Tytuł" }), "Grant");
  await waitFor(async () => {
    const last = asked.filter(({ url }) => url.endsWith("/preview/")).at(-1);
    expect((await last?.clone().json())?.answers).toEqual({ tytul: "Grant" });
  });
});

it("asks whose version to keep when somebody else has saved the draft", async () => {
  const theirs = formOut({ ...DRAFT, title: "Ich tytuł" }, { version: "7" });
  let isOvertaken = false;
  const versions: (string | null)[] = [];
  const { user } = build(
    DRAFT,
    {},
    {
      [`GET ${FORM}`]: () => (isOvertaken ? theirs : formOut(DRAFT)),
      [`PATCH ${FORM}`]: async (request) => {
        const body: Saved = await request.json();
        versions.push(request.headers.get("If-Match"));
        if (!isOvertaken) {
          isOvertaken = true;
          return problem(409, "Ktoś inny zmienił ten formularz.", [], "changed_meanwhile");
        }
        return { ...theirs, ...body, version: "8" };
      },
    },
  );
  await user.type(await screen.findByRole("textbox", { name: "Pytanie" }), "!");
  await user.click(await screen.findByRole("button", { name: "Zachowaj moją wersję" }));
  await waitFor(() => expect(versions).toEqual(['"1"', '"7"']));
  expect(screen.getByRole("textbox", { name: "Pytanie" })).toHaveValue("Tytuł!");
});

it("shows layout, question and preview one at a time on a phone", async () => {
  vi.restoreAllMocks();
  inWindow(false);
  const { user } = build();
  await user.click(await (await outline()).findByRole("button", { name: /^Uwagi/ }));
  expect(screen.getByRole("tab", { name: "Pytanie" })).toHaveAttribute("aria-selected", "true");
  expect(screen.getByRole("textbox", { name: "Pytanie" })).toHaveValue("Uwagi");
  await user.click(screen.getByRole("tab", { name: "Podgląd" }));
  expect(await screen.findByRole("textbox", { name: "Tytuł" })).toBeInTheDocument();
});
