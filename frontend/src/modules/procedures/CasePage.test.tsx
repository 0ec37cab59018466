import { screen, waitFor, within } from "@testing-library/react";
import { documentOf, projectionOf, question, sheetOut } from "@tests/forms";
import { CASE, city } from "@tests/procedures";
import { problem, renderAt } from "@tests/render";
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

it("asks for a reason and sends it with the version that was seen", async () => {
  const { user, asked } = renderAt(AT, city({ [`POST ${ONE}perform/`]: { ...CASE, version: 8 } }));
  await user.click(await screen.findByRole("button", { name: "Wezwij do poprawy" }));
  const dialog = await screen.findByRole("dialog", { name: "Wezwij do poprawy" });
  await user.type(within(dialog).getByLabelText(/^Uzasadnienie/), "Brak podpisu.");
  await user.click(within(dialog).getByRole("button", { name: "Wezwij do poprawy" }));
  expect(await screen.findByText("Zrobione: Wezwij do poprawy.")).toBeVisible();
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
  expect(await screen.findByText("Zrobione: Odrzuć.")).toBeVisible();
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
        return problem(409, "Jan Kowalski odrzucił wniosek o 14:05.");
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
  await screen.findByText("Zrobione: Ponaglij.");
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
