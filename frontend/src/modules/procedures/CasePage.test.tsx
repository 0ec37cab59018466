import { screen, waitFor, within } from "@testing-library/react";
import { CASE } from "@tests/case";
import { documentOf, projectionOf, question, sheetOut } from "@tests/forms";
import { making } from "@tests/making";
import { city } from "@tests/procedures";
import { json, page, problem, renderAt } from "@tests/render";
import { expect, it } from "vitest";

const AT = "/procedures/cases/c1";
const ONE = "/api/v1/procedures/cases/c1/";

const bodyOf = async (asked: readonly Request[], path: string) =>
  asked.find(({ method, url }) => method === "POST" && url.endsWith(path))?.json();

it("says under the title whose move it is, since when, until when, and the one thing to do next", async () => {
  renderAt(AT, city());
  expect(await screen.findByText("Czyj ruch:")).toBeVisible();
  expect(screen.getByText("Czyj ruch:").parentElement).toHaveTextContent("Czyj ruch: urząd (Anna Nowak)");
  expect(screen.getByText("Czyj ruch:").parentElement).toHaveTextContent("3 dni");
  expect(screen.getByText("Etap:").parentElement).toHaveTextContent("Etap: Ocena formalna");
  expect(screen.getByRole("link", { name: "Wypełnij: Karta oceny formalnej" })).toHaveAttribute(
    "href",
    "/forms/sheets/s2?beside=s1",
  );
  const where = screen.getByRole("region", { name: "Gdzie jest sprawa" });
  expect(where.querySelector("[aria-current=step]")).toHaveTextContent("Ocena formalna");
});

it("offers the good way out once the notes are filled in, and the others quietly", async () => {
  const { user } = renderAt(
    AT,
    city({ [`GET ${ONE}`]: { ...CASE, sheets: CASE.sheets.map((one) => ({ ...one, is_complete: true })) } }),
  );
  await user.click(await screen.findByRole("button", { name: "Przekaż do decyzji" }));
  expect(await screen.findByRole("dialog", { name: "Przekaż do decyzji" })).toBeVisible();
  const deeds = screen.getByRole("region", { name: "Co można zrobić", hidden: true });
  const names = within(deeds)
    .getAllByRole("button", { hidden: true })
    .map((one) => one.textContent);
  expect(names).toEqual(["Wezwij do poprawy", "Odrzuć", "Poproś o opinię"]);
  expect(deeds.querySelector("[data-variant=filled]")).toBeNull();
});

it("asks for the step at once when one comes from its complete form, and not again once that was given up", async () => {
  const { user, router } = renderAt(
    `${AT}?goesOn`,
    city({ [`GET ${ONE}`]: { ...CASE, sheets: CASE.sheets.map((one) => ({ ...one, is_complete: true })) } }),
  );
  const dialog = await screen.findByRole("dialog", { name: "Przekaż do decyzji" });
  await user.click(within(dialog).getByRole("button", { name: "Anuluj" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(router.state.location.search).toBe("");
});

it.each([
  ["dalej", 1],
  ["zamknij", 0],
])("asks at once for the step %s that the address names, where it is possible, and not again", async (step, count) => {
  const { user, router } = renderAt(`${AT}?press=${step}`, city());
  await screen.findByText("Czyj ruch:");
  expect(screen.queryAllByRole("dialog")).toHaveLength(count);
  if (count > 0) {
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Anuluj" }));
    await waitFor(() => expect(router.state.location.search).toBe(""));
  }
});

it("asks for nothing by itself while the form is not complete", async () => {
  renderAt(`${AT}?goesOn`, city());
  expect(await screen.findByRole("link", { name: "Wypełnij: Karta oceny formalnej" })).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
});

it("has nothing to press where the move is somebody else's", async () => {
  renderAt(AT, city({ [`GET ${ONE}`]: { ...CASE, actions: [], sheets: [], opinions: [], can: [] } }));
  const deeds = await screen.findByRole("region", { name: "Co można zrobić" });
  expect(deeds).toHaveTextContent("Teraz nic: sprawa czeka na kogoś innego.");
  expect(within(deeds).queryByRole("button")).toBeNull();
});

it("tells the office what the background could not do for the case", async () => {
  renderAt(AT, city({ [`GET ${ONE}`]: { ...CASE, trouble: "Nie przypomniano o terminie." } }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Nie przypomniano o terminie.");
});

it("says why something cannot be done instead of drawing a dead button", async () => {
  renderAt(AT, city());
  const deeds = await screen.findByRole("region", { name: "Co można zrobić" });
  expect(deeds).toHaveTextContent("Zamknij bez rozpoznania: Tego może dokonać tylko dyrektor wydziału.");
  expect(within(deeds).queryByRole("button", { name: "Zamknij bez rozpoznania" })).not.toBeInTheDocument();
});

it("asks for a reason, sends it with the version that was seen and says where the matter is now", async () => {
  const decided = { ...CASE, version: 8, stage: { key: "korekta", name: "Korekta" } };
  const { user, asked } = renderAt(AT, city({ [`POST ${ONE}perform/`]: decided }));
  await user.click(await screen.findByRole("button", { name: "Wezwij do poprawy" }));
  const dialog = await screen.findByRole("dialog", { name: "Wezwij do poprawy" });
  await user.type(within(dialog).getByLabelText(/^Uzasadnienie/), "Brak podpisu.");
  await user.click(within(dialog).getByRole("button", { name: "Wezwij do poprawy" }));
  expect(await screen.findByText("Zapisano. Sprawa jest teraz w etapie „Korekta”.")).toBeVisible();
  expect(await bodyOf(asked, "/perform/")).toEqual({
    action: "wezwij",
    data: {},
    reason: "Brak podpisu.",
    version: 7,
  });
});

it("draws the fields of a step and puts the server's refusals beside them", async () => {
  const refusal = problem(422, "Uzupełnij.", [{ field: "data.punkt_1", detail: "Potwierdź ten punkt." }]);
  const { user } = renderAt(AT, city({ [`POST ${ONE}perform/`]: refusal }));
  await user.click(await screen.findByRole("button", { name: "Przekaż do decyzji" }));
  const dialog = await screen.findByRole("dialog", { name: "Przekaż do decyzji" });
  expect(within(dialog).getByText(/Sprawa przejdzie do etapu „Decyzja”\./)).toBeVisible();
  expect(within(dialog).getAllByText("Podpis dyrektora").length).toBeGreaterThan(0);
  await user.click(within(dialog).getByRole("button", { name: "Przekaż do decyzji" }));
  expect((await within(dialog).findAllByText(/Potwierdź ten punkt\./)).length).toBeGreaterThan(0);
});

it("tells who was quicker, reads the case again, and loses nothing that was typed", async () => {
  let isMoved = false;
  const { user, asked } = renderAt(
    AT,
    city({
      [`GET ${ONE}`]: () => (isMoved ? { ...CASE, version: 8 } : CASE),
      [`POST ${ONE}perform/`]: () => {
        if (isMoved) {
          return { ...CASE, version: 9 };
        }
        isMoved = true;
        return problem(409, "Jan Kowalski wezwał do opinii o 14:05.", [], "case_changed_meanwhile");
      },
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Odrzuć" }));
  const dialog = await screen.findByRole("dialog", { name: "Odrzuć" });
  const reason = within(dialog).getByLabelText(/^Uzasadnienie/);
  await user.type(reason, "Po terminie naboru.");
  await user.click(within(dialog).getByRole("button", { name: "Odrzuć" }));
  expect(await within(dialog).findByText(/Jan Kowalski wezwał do opinii o 14:05\./)).toBeVisible();
  expect(reason).toHaveValue("Po terminie naboru.");
  await waitFor(() => expect(asked.filter(({ method, url }) => method === "GET" && url.endsWith(ONE)).length).toBe(2));
  await user.click(within(dialog).getByRole("button", { name: "Odrzuć" }));
  expect(await screen.findByText("Zapisano. Etap „Ocena formalna” trwa dalej.")).toBeVisible();
  const sent = asked.filter(({ url }) => url.endsWith("/perform/"));
  expect(await sent[1]?.json()).toMatchObject({ version: 8, reason: "Po terminie naboru." });
});

it("keeps the reason when the step has become impossible", async () => {
  let isMoved = false;
  const { user } = renderAt(
    AT,
    city({
      [`GET ${ONE}`]: () => (isMoved ? { ...CASE, version: 8, actions: [] } : CASE),
      [`POST ${ONE}perform/`]: () => {
        isMoved = true;
        return problem(409, "Jan Kowalski odrzucił wniosek o 14:05.", [], "case_changed_meanwhile");
      },
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Wezwij do poprawy" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/^Uzasadnienie/), "Brak podpisu.");
  await user.click(within(dialog).getByRole("button", { name: "Wezwij do poprawy" }));
  expect(await within(dialog).findByText(/ten krok nie jest teraz możliwy/)).toBeVisible();
  expect(within(dialog).getByLabelText(/^Uzasadnienie/)).toHaveValue("Brak podpisu.");
  expect(within(dialog).queryByRole("button", { name: "Wezwij do poprawy" })).not.toBeInTheDocument();
});

it("stays with what was typed when somebody has closed the case meanwhile", async () => {
  let isClosed = false;
  const { user } = renderAt(
    AT,
    city({
      [`GET ${ONE}`]: () =>
        isClosed ? { ...CASE, state: "closed", meaning: "positive", actions: [], sheets: [] } : CASE,
      [`POST ${ONE}perform/`]: () => {
        isClosed = true;
        return problem(409, "Jan Kowalski przyznał dotację o 14:05.");
      },
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Odrzuć" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/^Uzasadnienie/), "Po terminie.");
  await user.click(within(dialog).getByRole("button", { name: "Odrzuć" }));
  expect(await within(dialog).findByText(/Jan Kowalski przyznał dotację o 14:05\./)).toBeVisible();
  expect(await screen.findByText("Sprawa jest zakończona. Na nikogo już nie czeka.")).toBeInTheDocument();
  expect(screen.getByRole("dialog")).toBeVisible();
  expect(screen.getByLabelText(/^Uzasadnienie/)).toHaveValue("Po terminie.");
});

it("stands a reminder beside the question that it is about", async () => {
  const { user, asked } = renderAt(AT, city({ [`POST ${ONE}perform/`]: { ...CASE, version: 8 } }));
  const opinions = await screen.findByRole("region", { name: "Opinie" });
  await user.click(within(opinions).getByRole("button", { name: "Ponaglij: Rada Rodziców" }));
  const dialog = await screen.findByRole("dialog", { name: "Ponaglij" });
  await user.click(within(dialog).getByRole("button", { name: "Ponaglij" }));
  await screen.findByText("Zapisano. Etap „Ocena formalna” trwa dalej.");
  expect(await bodyOf(asked, "/perform/")).toMatchObject({
    action: "remind_opinion",
    data: { pytanie: `p${CASE.opinions[0]?.id.replaceAll("-", "")}` },
  });
});

it("tells the story: who, in whose place, why, and what was taken back", async () => {
  const { user } = renderAt(AT, city());
  const story = await screen.findByRole("region", { name: "Historia sprawy" });
  await user.click(within(story).getByText("Historia sprawy"));
  expect(
    await within(story).findByText(/Jan Kowalski \(Referent prowadzący\), w zastępstwie za: Anna Nowak/),
  ).toBeVisible();
  expect(within(story).getByText("Wezwano do poprawy.").tagName).toBe("DEL");
  expect(story).toHaveTextContent("Brak podpisu dyrektora.");
  expect(story).toHaveTextContent("Części do poprawy: Dane wnioskodawcy");
});

it("takes the last step back after a question", async () => {
  const { user, asked } = renderAt(AT, city({ [`POST ${ONE}undo/`]: { ...CASE, version: 8, can: [] } }));
  await user.click(await screen.findByRole("button", { name: "Cofnij ostatni krok" }));
  const dialog = await screen.findByRole("dialog", { name: "Cofnąć Twój ostatni krok?" });
  await user.click(within(dialog).getByRole("button", { name: "Cofnij krok" }));
  expect(await screen.findByText("Cofnięto ostatni krok.")).toBeVisible();
  expect(await bodyOf(asked, "/undo/")).toEqual({ version: 7 });
});

it("shows an officer what was answered beside what can be done, with each file under its own name", async () => {
  const definition = documentOf(question("zal", "file", { label: "Załącznik" }));
  renderAt(
    AT,
    city({
      "GET /api/v1/forms/sheets/s1/": sheetOut(definition, {
        id: "s1",
        can: [],
        answers: { zal: ["f1"] },
        projection: projectionOf(definition, { zal: { value: ["f1"] } }),
        files: [{ id: "f1", name: "kosztorys.pdf", size: 2048, url: "/files/kosztorys" }],
      }),
    }),
  );
  expect(await screen.findByRole("region", { name: "Odpowiedzi we wniosku" })).toBeVisible();
  expect(await screen.findByRole("link", { name: "kosztorys.pdf" })).toHaveAttribute("href", "/files/kosztorys");
});

const LETTERS = [
  { id: "l1", key: "decyzja", name: "Decyzja", is_archived: false, newest: 1, asks: [] },
  { id: "l2", key: "wezwanie", name: "Wezwanie", is_archived: false, newest: 1, asks: [] },
];

it("offers the letters of the stage alone, and issues one once its text was seen", async () => {
  let looked = 0;
  const { user, asked } = renderAt(
    AT,
    city({
      [`GET ${ONE}`]: { ...CASE, can: ["issue_letter"], letters_offered: ["decyzja"] },
      "GET /api/v1/procedures/letter-templates/": page(LETTERS),
      [`POST ${ONE}letters/preview/`]: () => json({ id: "m1" }, 202),
      "GET /api/v1/files/makings/m1/": () =>
        ++looked === 1
          ? making("waiting")
          : making("done", { lines: ["Pismo nr [numer nadamy przy wydaniu]", "Przyznano 4 000,00 zł."] }),
      [`POST ${ONE}letters/`]: () => json({}, 201),
    }),
  );
  const select = await screen.findByRole("combobox", { name: "Nowe pismo" });
  expect(within(select).queryByRole("option", { name: "Wezwanie" })).not.toBeInTheDocument();
  await user.selectOptions(select, "Decyzja");
  await user.click(screen.getByRole("button", { name: "Zobacz pismo…" }));
  const dialog = await screen.findByRole("dialog", { name: "Wydać pismo „Decyzja”?" });
  expect(await within(dialog).findByRole("status", { name: "Przygotowujemy podgląd pisma" })).toBeVisible();
  expect(await within(dialog).findByText("Przyznano 4 000,00 zł.")).toBeVisible();
  expect(await bodyOf(asked, "/letters/preview/")).toEqual({ template: "l1" });
  expect(await bodyOf(asked, "/letters/")).toBeUndefined();
  await user.click(within(dialog).getByRole("button", { name: "Wydaj pismo" }));
  expect(await screen.findByText(/Pismo ma numer i datę/)).toBeVisible();
  expect(await bodyOf(asked, "/letters/")).toEqual({ template: "l1" });
});

it("says why a letter cannot be read, and asks for it once more", async () => {
  const { user, asked } = renderAt(
    AT,
    city({
      [`GET ${ONE}`]: { ...CASE, can: ["issue_letter"], letters_offered: ["decyzja"] },
      "GET /api/v1/procedures/letter-templates/": page(LETTERS),
      [`POST ${ONE}letters/preview/`]: () => json({ id: "m1" }, 202),
      "GET /api/v1/files/makings/m1/": making("failed", { failure: "We wzorze brakuje pola „powod”." }),
    }),
  );
  await user.selectOptions(await screen.findByRole("combobox", { name: "Nowe pismo" }), "Decyzja");
  await user.click(screen.getByRole("button", { name: "Zobacz pismo…" }));
  const dialog = await screen.findByRole("dialog", { name: "Wydać pismo „Decyzja”?" });
  expect(await within(dialog).findByText("We wzorze brakuje pola „powod”.")).toBeVisible();
  await user.click(within(dialog).getByRole("button", { name: "Spróbuj ponownie" }));
  await waitFor(() => expect(asked.filter(({ url }) => url.endsWith("/preview/"))).toHaveLength(2));
});

it("offers no letter to whoever issues none", async () => {
  renderAt(AT, city({ "GET /api/v1/procedures/letter-templates/": page(LETTERS) }));
  await screen.findByRole("region", { name: "Co można zrobić" });
  expect(screen.queryByRole("combobox", { name: "Nowe pismo" })).not.toBeInTheDocument();
});

it("tells a school that corrects its own deadline and what has to be corrected, never that time stands", async () => {
  const ball = { ...CASE.ball, side: "applicant" as const, who: ["SP 1"], is_paused: true };
  const why = { sentence: "Brakuje podpisu.", label: "Wezwij do poprawy", by: "Referent", at: "2026-11-20T09:00:00Z" };
  const findings = [{ code: "granted", label: "Przyznana kwota", value: "4 000,00 zł", stage: "podzial" }];
  renderAt(AT, city({ [`GET ${ONE}`]: { ...CASE, is_from_office: false, ball, why, findings } }));
  const facts = (await screen.findByText("Czyj ruch:")).closest("dl");
  expect(facts).toHaveTextContent("Czyj ruch: wnioskodawca (SP 1)");
  expect(facts).toHaveTextContent("Termin: ");
  expect(facts).not.toHaveTextContent("stoi");
  expect(facts).toHaveTextContent("Ile: 4 000,00 zł (przyznana kwota)");
  expect(screen.getByRole("region", { name: "Dlaczego" })).toHaveTextContent("Brakuje podpisu.");
  expect(screen.getByLabelText("Co ustalono")).toHaveTextContent("Przyznana kwota4 000,00 zł");
});

it("tells the office that its own deadline stands while the school's runs", async () => {
  const ball = { ...CASE.ball, side: "applicant" as const, who: ["SP 1"], is_paused: true };
  renderAt(AT, city({ [`GET ${ONE}`]: { ...CASE, ball } }));
  const facts = (await screen.findByText("Czyj ruch:")).closest("dl");
  expect(facts).toHaveTextContent("Termin wnioskodawcy: ");
  expect(facts).toHaveTextContent("Termin urzędu: stoi, dopóki czeka na wnioskodawcę");
});

it("says before the press between which ways what is given will choose", async () => {
  const ways = [
    { label: "Do podziału", stage: "Podział środków" },
    { label: "Za mało punktów", stage: "Odmowa" },
  ];
  const [first, ...rest] = CASE.actions;
  const { user } = renderAt(AT, city({ [`GET ${ONE}`]: { ...CASE, actions: [{ ...first, ways }, ...rest] } }));
  await user.click(await screen.findByRole("button", { name: first?.label }));
  expect(await screen.findByRole("dialog")).toHaveTextContent(
    "„Do podziału” (etap „Podział środków”) albo „Za mało punktów” (etap „Odmowa”)",
  );
});

it.each([
  ["action_not_available", "Kwota 6 000,00 zł jest wyższa niż wnioskowana.", "Nie można teraz: Odrzuć"],
  ["pot_overdrawn", "Zostało 10,00 zł.", "W puli nie ma tylu środków"],
  ["case_closed", "Ta sprawa jest zakończona.", "Sprawa jest już zakończona"],
])("gives the refusal %s its own heading", async (code, sentence, heading) => {
  const { user } = renderAt(AT, city({ [`POST ${ONE}perform/`]: problem(409, sentence, [], code) }));
  await user.click(await screen.findByRole("button", { name: "Odrzuć" }));
  const dialog = await screen.findByRole("dialog", { name: "Odrzuć" });
  await user.type(within(dialog).getByLabelText(/^Uzasadnienie/), "Powód.");
  await user.click(within(dialog).getByRole("button", { name: "Odrzuć" }));
  const alert = await within(dialog).findByRole("alert");
  expect(alert).toHaveTextContent(sentence);
  expect(alert).toHaveTextContent(heading);
  expect(alert).not.toHaveTextContent("Ktoś zrobił coś w międzyczasie");
});

it("leads an applicant who has handed something in to a receipt that can be printed and kept", async () => {
  const receipt = {
    title: "Złóż wniosek",
    at: "2026-11-30T10:05:00Z",
    number: "WES.4424.17.2026, krok 2",
    by: "Katarzyna Wiśniewska",
    facts: [{ label: "Sprawa", value: CASE.title }],
    seen_by: ["osoby urzędu, które prowadzą tę sprawę"],
    follows: ["Czyj ruch: urząd (Referent prowadzący)"],
    url: AT,
  };
  const { user, router } = renderAt(
    AT,
    city({
      [`GET ${ONE}`]: { ...CASE, is_from_office: false, sheets: [] },
      [`POST ${ONE}perform/`]: { ...CASE, is_from_office: false, version: 8 },
      [`GET ${ONE}events/2/receipt/`]: receipt,
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Wezwij do poprawy" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/^Uzasadnienie/), "Brak.");
  await user.click(within(dialog).getByRole("button", { name: "Wezwij do poprawy" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Złóż wniosek" })).toBeVisible();
  expect(router.state.location.pathname).toBe("/procedures/cases/c1/receipts/2");
  expect(screen.getByRole("region", { name: "Co zrobiono" })).toHaveTextContent("30.11.2026, 11:05 (czas serwera)");
  expect(screen.getByRole("region", { name: "Kto to teraz widzi" })).toHaveTextContent("osoby urzędu");
  expect(screen.getByRole("link", { name: "Wróć do sprawy" })).toHaveAttribute("href", AT);
});

it("has the whole matter packed on request, and becomes the link to it", async () => {
  const { user, asked } = renderAt(
    AT,
    city({
      [`POST ${ONE}package/`]: () => json({ id: "m1" }, 202),
      "GET /api/v1/files/makings/m1/": making("done", { has_file: true }),
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Cała sprawa w paczce (ZIP)" }));
  const link = await screen.findByRole("link", { name: "Pobierz paczkę (ZIP)" });
  expect(link).toHaveAttribute("href", "/api/v1/files/makings/m1/download/");
  expect(asked.filter(({ method }) => method === "POST")).toHaveLength(1);
});
