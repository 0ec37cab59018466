import { screen, waitFor, within } from "@testing-library/react";
import { BUDGET, documentOf, projectionOf, question } from "@tests/forms";
import { page, renderAlone } from "@tests/render";
import { useState } from "react";
import { expect, it } from "vitest";
import { Problem } from "@/api/problem";
import type { Answers, FormDocument, QuestionDocument } from "@/ui/filling/definition";
import { Filler } from "@/ui/filling/Filler";
import { MistakeList } from "@/ui/filling/MistakeList";
import { type Mistake, mistakesOf, type Projection } from "@/ui/filling/projection";

const CHOICES = [
  { key: "a", label: "Remont" },
  { key: "b", label: "Zakup" },
];

const UNITS = { "GET /api/v1/directory/units/": page([]) };

interface Given {
  projection?: Projection | null;
  answers?: Answers;
  mistakes?: readonly Mistake[];
  readOnly?: boolean;
  openSections?: readonly string[];
}

/** The filler with somebody who keeps what is answered; `given` is what it was told. */
function fill(definition: FormDocument, more: Given = {}) {
  const given: [string, unknown][] = [];
  function Kept() {
    const [answers, setAnswers] = useState<Answers>(more.answers ?? {});
    return (
      <Filler
        definition={definition}
        projection={more.projection === undefined ? projectionOf(definition) : more.projection}
        answers={answers}
        onChange={(key, answer) => {
          given.push([key, answer]);
          setAnswers((before) => ({ ...before, [key]: answer }));
        }}
        mistakes={more.mistakes}
        readOnly={more.readOnly}
        openSections={more.openSections}
      />
    );
  }
  return { ...renderAlone(<Kept />, UNITS), given };
}

const last = (given: [string, unknown][]) => given.at(-1);

it.each<[string, QuestionDocument, string, unknown]>([
  ["a short text", question("t", "short_text"), "Grant", "Grant"],
  ["an e-mail", question("t", "email"), "a@b.pl", "a@b.pl"],
  ["a PESEL", question("t", "pesel"), "02070803628", "02070803628"],
  ["a number", question("t", "number"), "1 200,5", "1200.5"],
  ["money", question("t", "money"), "1234,5", "1234.5"],
  ["a percent", question("t", "percent"), "80", "80"],
  ["a long text", question("t", "long_text"), "Dwa zdania.", "Dwa zdania."],
])("takes %s and gives it as the API wants it", async (_name, asked, typed, answer) => {
  const { user, given } = fill(documentOf(asked));
  await user.type(await screen.findByRole("textbox", { name: /Pytanie t/ }), typed);
  expect(last(given)).toEqual(["t", answer]);
});

it("gives no answer as null", async () => {
  const { user, given } = fill(documentOf(question("t", "short_text")), { answers: { t: "x" } });
  await user.clear(await screen.findByRole("textbox"));
  expect(given).toEqual([["t", null]]);
});

it("shows money with two places and spaces, and leaves it alone while it is typed", async () => {
  const { user } = fill(documentOf(question("t", "money")), { answers: { t: "12345.5" } });
  const input = await screen.findByRole("textbox");
  expect(input).toHaveValue("12\u00a0345,50");
  await user.clear(input);
  await user.type(input, "7,");
  expect(input).toHaveValue("7,");
  await user.tab();
  expect(input).toHaveValue("7,00");
});

it("takes a day as it is written in Poland", async () => {
  const { user, given } = fill(documentOf(question("t", "date")));
  await user.type(await screen.findByRole("textbox", { name: /Pytanie t/ }), "23.11.2026");
  await user.tab();
  expect(last(given)).toEqual(["t", "2026-11-23"]);
});

it("asks yes or no, and lets an answer that is not required be taken back", async () => {
  const { user, given } = fill(documentOf(question("t", "yes_no")));
  const group = within(await screen.findByRole("radiogroup", { name: "Pytanie t" }));
  await user.click(group.getByRole("radio", { name: "nie" }));
  expect(last(given)).toEqual(["t", false]);
  await user.click(screen.getByRole("button", { name: "Wyczyść odpowiedź: Pytanie t" }));
  expect(last(given)).toEqual(["t", null]);
});

it("offers one of the choices, and another answer where the form lets it", async () => {
  const { user, given } = fill(
    documentOf(question("t", "single_choice", { options: { choices: CHOICES, other: true } })),
  );
  await user.click(await screen.findByRole("radio", { name: "Zakup" }));
  expect(last(given)).toEqual(["t", "b"]);
  await user.click(screen.getByRole("radio", { name: "inne" }));
  await user.type(screen.getByRole("textbox", { name: "Pytanie t: jakie inne?" }), "Najem");
  expect(last(given)).toEqual(["t", "Najem"]);
  expect(screen.getByRole("radio", { name: "inne" })).toBeChecked();
});

it("gives many choices in the order in which they are offered", async () => {
  const { user, given } = fill(documentOf(question("t", "multiple_choice", { options: { choices: CHOICES } })));
  await user.click(await screen.findByRole("checkbox", { name: "Zakup" }));
  await user.click(screen.getByRole("checkbox", { name: "Remont" }));
  expect(last(given)).toEqual(["t", ["a", "b"]]);
});

it("keeps with a statement the words that were shown", async () => {
  const definition = documentOf(question("t", "statement", { options: { wording: "Oświadczam {x}" } }));
  const { user, given } = fill(definition, {
    projection: projectionOf(definition, { t: { wording: "Oświadczam, że 12 uczniów" } }),
  });
  await user.click(await screen.findByRole("checkbox", { name: "Oświadczam, że 12 uczniów" }));
  expect(last(given)).toEqual(["t", { accepted: true, wording: "Oświadczam, że 12 uczniów" }]);
});

it.each<[string, QuestionDocument, string, Answers[string]]>([
  ["an address", question("t", "address"), "Miejscowość", { city: "Nowy Sącz" }],
  ["a classification", question("t", "classification"), "Dział", { division: "801" }],
  ["a period", question("t", "date_range"), "Od", { from: "2026-11-23" }],
  [
    "personal data",
    question("t", "personal_data", { options: { of: "pupil", fields: ["last_name"] } }),
    "Nazwisko",
    { last_name: "Żak" },
  ],
])("asks for %s in parts", async (_name, asked, part, answer) => {
  const { user, given } = fill(documentOf(asked));
  const typed = { Od: "23.11.2026" }[part] ?? Object.values(answer as object)[0];
  const group = within(await screen.findByRole("group", { name: /Pytanie t/ }));
  await user.type(group.getByRole("textbox", { name: part }), typed);
  await user.tab();
  expect(last(given)).toEqual(["t", answer]);
});

it("draws a text with marks, and what it will look like", async () => {
  const { user, given } = fill(documentOf(question("t", "rich_text")));
  await user.type(await screen.findByRole("textbox", { name: /Pytanie t/ }), "To **ważne**");
  expect(last(given)).toEqual(["t", "To **ważne**"]);
  const look = within(screen.getByRole("region", { name: "Pytanie t: tak będzie wyglądać" }));
  expect(look.getByText("ważne").tagName).toBe("STRONG");
});

it("draws files, a workbook, a unit, a person, a heading and an explanation", async () => {
  fill(
    documentOf(
      question("plik", "file", { options: { endings: ["pdf"], max_count: 2 } }),
      question("arkusz", "workbook"),
      question("szkola", "unit"),
      question("osoba", "person"),
      question("naglowek", "heading", { label: "Część druga" }),
      question("tekst", "help_text", { label: "", help: "Czytaj **uważnie**" }),
    ),
  );
  expect(await screen.findByRole("group", { name: "Pytanie plik" })).toHaveAccessibleDescription(
    "Dopuszczalne: .pdf; najwyżej 2",
  );
  expect(screen.getByRole("group", { name: "Pytanie arkusz" })).toBeInTheDocument();
  expect(screen.getByRole("combobox", { name: "Pytanie szkola" })).toBeInTheDocument();
  expect(screen.getByRole("combobox", { name: "Pytanie osoba" })).toBeInTheDocument();
  expect(screen.getByText("Część druga")).toBeInTheDocument();
  expect(screen.getByText("uważnie").tagName).toBe("STRONG");
});

it("shows the unit whose matter it is, from the start, and lets nobody choose another", async () => {
  fill(documentOf(question("szkola", "unit", { prefill: "unit" })), { answers: { szkola: "u1" } });
  const field = await screen.findByRole("textbox", { name: "Pytanie szkola" });
  expect(field).toHaveAttribute("readonly");
  expect(screen.queryByRole("combobox")).not.toBeInTheDocument();
});

it("shows, requires and computes what the server says, and nothing by itself", async () => {
  const definition = documentOf(
    question("a", "short_text", { show: "tak" }),
    question("b", "short_text", { required: false }),
    question("c", "money", { compute: "1 + 1" }),
    question("d", "short_text"),
  );
  fill(definition, {
    answers: { b: "SP" },
    projection: projectionOf(definition, {
      a: { is_visible: false },
      b: { is_required: true, label: "Nazwa SP 1", errors: ["Za krótka nazwa."] },
      c: { is_computed: true, value: "1234.5" },
      d: { value: "z poprzedniego roku" },
    }),
  });
  const b = await screen.findByRole("textbox", { name: /Nazwa SP 1/ });
  expect(b).toBeRequired();
  expect(b).toBeInvalid();
  expect(b).toHaveAccessibleDescription("Za krótka nazwa.");
  expect(screen.queryByText("Pytanie a")).toBeNull();
  expect(screen.queryByRole("textbox", { name: "Pytanie c" })).toBeNull();
  expect(screen.getByRole("status", { name: "Pytanie c" })).toHaveTextContent("1 234,50 zł");
  expect(screen.getByRole("textbox", { name: "Pytanie d" })).toHaveValue("z poprzedniego roku");
});

it("hides a section that the server hides", async () => {
  const definition: FormDocument = {
    ...documentOf(question("a", "short_text")),
    sections: [
      { key: "jeden", title: "Jeden", questions: [question("a", "short_text")] },
      { key: "dwa", title: "Dwa", questions: [question("b", "short_text")] },
    ],
  };
  fill(definition, {
    projection: projectionOf(
      definition,
      {},
      {
        sections: {
          jeden: { is_visible: true, mistakes: 0, missing: 0, title: "Jeden dla SP 1", description: "" },
          dwa: { is_visible: false, mistakes: 0, missing: 0, title: "Dwa", description: "" },
        },
      },
    ),
  });
  expect(await screen.findByRole("heading", { name: "Jeden dla SP 1" })).toBeInTheDocument();
  expect(screen.queryByRole("heading", { name: "Dwa" })).toBeNull();
});

it("draws a definition that no server has looked at yet", async () => {
  fill(documentOf(question("a", "short_text", { required: true })), { projection: null });
  expect(await screen.findByRole("textbox", { name: /Pytanie a/ })).toBeRequired();
});

it("adds and removes rows of a table, keeps their ids, and shows the server's sums", async () => {
  const definition = documentOf(BUDGET);
  const rows = [{ id: "r1", nazwa: "Farby", kwota: "100.00" }];
  const { user, given } = fill(definition, {
    answers: { budzet: rows },
    projection: projectionOf(definition, {
      budzet: {
        value: rows,
        sums: { kwota: "100.00" },
        rows: [
          {
            id: "r1",
            cells: {
              nazwa: { is_visible: true, value: "Farby", errors: [] },
              kwota: { is_visible: true, value: "100.00", errors: ["Za mało."] },
              polowa: { is_visible: true, value: "50.00", errors: [] },
            },
          },
        ],
      },
    }),
  });
  const row = within(await screen.findByRole("group", { name: "Budżet, wiersz 1" }));
  expect(row.getByRole("textbox", { name: "Kwota" })).toHaveAccessibleDescription("Za mało.");
  expect(row.getByText("50,00 zł")).toBeInTheDocument();
  expect(screen.getByRole("status", { name: "Razem" })).toHaveTextContent("Razem, Kwota: 100,00 zł");

  await user.click(screen.getByRole("button", { name: "Dodaj wiersz: Budżet" }));
  const place = screen.getByRole("group", { name: "Budżet, wiersz 2" });
  const added = within(place);
  await waitFor(() => expect(place).toContainElement(document.activeElement as HTMLElement)); // a frame later
  await user.type(added.getByRole("textbox", { name: "Kwota" }), "7,50");
  expect(last(given)).toEqual(["budzet", [rows[0], { id: expect.stringMatching(/^[0-9a-f-]{36}$/), kwota: "7.50" }]]);

  await user.click(screen.getByRole("button", { name: "Usuń wiersz 1: Budżet" }));
  expect(last(given)).toEqual(["budzet", [expect.objectContaining({ kwota: "7.50" })]]);
  await user.click(screen.getByRole("button", { name: "Usuń wiersz 1: Budżet" }));
  expect(last(given)).toEqual(["budzet", null]);
});

it("adds no row above the most that there may be", async () => {
  const table = { ...BUDGET, options: { ...BUDGET.options, max_rows: 1 } };
  fill(documentOf(table), { answers: { budzet: [{ id: "r1" }] } });
  expect(await screen.findByRole("button", { name: "Dodaj wiersz: Budżet" })).toBeDisabled();
});

it("lists mistakes with links that lead into their fields, cells of tables too", async () => {
  const definition = documentOf(question("tytul", "short_text"), BUDGET);
  const refusal = new Problem(422, "x", "Popraw.", [
    { field: "data.tytul", detail: "Podaj tytuł." },
    { field: "data.budzet.r1.kwota", detail: "Podaj kwotę." },
  ]);
  const mistakes = mistakesOf(refusal, "data.");
  const { user } = renderAlone(
    <>
      <MistakeList mistakes={mistakes} title="Nie wykonano" />
      <Filler
        definition={definition}
        projection={null}
        answers={{ budzet: [{ id: "r1" }] }}
        onChange={() => undefined}
        mistakes={mistakes}
      />
    </>,
  );
  const list = await screen.findByRole("alert");
  expect(list).toHaveFocus();
  await user.click(within(list).getByRole("link", { name: "Podaj tytuł." }));
  expect(screen.getByRole("textbox", { name: "Pytanie tytul" })).toHaveFocus();
  expect(screen.getByRole("textbox", { name: "Pytanie tytul" })).toHaveAccessibleDescription("Podaj tytuł.");
  await user.click(within(list).getByRole("link", { name: "Podaj kwotę." }));
  expect(screen.getByRole("textbox", { name: "Kwota" })).toHaveFocus();
});

it("shows answers as people read them, with no field, when it is only read", async () => {
  const definition = documentOf(
    question("kwota", "money"),
    question("dzien", "date"),
    question("zgoda", "yes_no"),
    question("rodzaj", "single_choice", { options: { choices: CHOICES } }),
    question("adres", "address"),
    question("puste", "short_text"),
    BUDGET,
  );
  fill(definition, {
    readOnly: true,
    answers: {
      kwota: "1234.5",
      dzien: "2026-11-23",
      zgoda: false,
      rodzaj: "b",
      adres: { street: "Długa 1", postal_code: "85-001", city: "Bydgoszcz" },
      budzet: [{ id: "r1", nazwa: "Farby", kwota: "100" }],
    },
  });
  expect(await screen.findByText("1 234,50 zł")).toBeInTheDocument();
  for (const text of ["23.11.2026", "nie", "Zakup", "Długa 1, 85-001 Bydgoszcz"]) {
    expect(screen.getByText(text)).toBeInTheDocument();
  }
  expect(screen.getByRole("cell", { name: "Farby" })).toBeInTheDocument();
  expect(screen.getByRole("cell", { name: "100,00\u00a0zł" })).toBeInTheDocument();
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(screen.queryByRole("radio")).toBeNull();
});

it("lets only the open sections be changed", async () => {
  const definition: FormDocument = {
    ...documentOf(),
    sections: [
      { key: "jeden", title: "Jeden", questions: [question("a", "short_text")] },
      { key: "dwa", title: "Dwa", questions: [question("b", "short_text")] },
    ],
  };
  fill(definition, { openSections: ["dwa"], answers: { a: "zostaje" } });
  expect(await screen.findByText("zostaje")).toBeInTheDocument();
  expect(screen.getAllByRole("textbox")).toEqual([screen.getByRole("textbox", { name: "Pytanie b" })]);
});

it("blames nobody for a form that was only opened, and tells what was wrong once something is answered", async () => {
  const definition = documentOf(
    question("a", "short_text", { label: "Tytuł" }),
    question("b", "money", { label: "Kwota" }),
  );
  const projection = projectionOf(definition, { b: { errors: ["Kwota musi być większa od zera."] } });
  const { user } = fill(definition, { projection });
  await screen.findByLabelText("Kwota");
  expect(screen.queryByText("Kwota musi być większa od zera.")).not.toBeInTheDocument();
  await user.type(screen.getByLabelText("Tytuł"), "G");
  expect(screen.getByText("Kwota musi być większa od zera.")).toBeVisible();
});
