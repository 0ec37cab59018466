import { BUDGET, documentOf, question } from "@tests/forms";
import { expect, it } from "vitest";
import type { FormDocument } from "@/ui/filling/definition";
import {
  addQuestion,
  keyed,
  keyFrom,
  moveQuestion,
  moveSection,
  placeInWords,
  placeOf,
  renameKey,
  repeatQuestion,
} from "./draft";

const TWO: FormDocument = {
  format: 1,
  title: "",
  sections: [
    { key: "s1", title: "Pierwsza", questions: [question("a", "short_text"), question("b", "short_text")] },
    { key: "s2", title: "Druga", questions: [question("c", "short_text")] },
  ],
};

const order = (form: FormDocument) =>
  form.sections.map(({ key, questions }) => [key, ...questions.map((one) => one.key)].join(" "));

it("makes keys of labels, without Polish tails, never a taken one or a word of the language", () => {
  expect(keyFrom("Koszt całkowity (zł)", new Set())).toBe("koszt_calkowity_zl");
  expect(keyFrom("Koszt", new Set(["koszt", "koszt_2"]))).toBe("koszt_3");
  expect(keyFrom("Suma", new Set())).toBe("suma_1");
  expect(keyFrom("2026 rok", new Set())).toBe("rok");
  expect(keyFrom("???", new Set())).toBe("pytanie");
});

it("moves a question step by step, through the edge of its section into the next", () => {
  expect(order(moveQuestion(TWO, "b", -1))).toEqual(["s1 b a", "s2 c"]);
  const down = moveQuestion(TWO, "b", 1);
  expect(order(down)).toEqual(["s1 a", "s2 b c"]);
  expect(order(moveQuestion(down, "b", -1))).toEqual(["s1 a b", "s2 c"]);
  expect(moveQuestion(TWO, "a", -1)).toBe(TWO);
  expect(moveQuestion(TWO, "c", 1)).toBe(TWO);
});

it("moves a section with all that is in it", () => {
  expect(order(moveSection(TWO, "s2", -1))).toEqual(["s2 c", "s1 a b"]);
  expect(moveSection(TWO, "s2", 1)).toBe(TWO);
});

it("says where a thing has come to", () => {
  expect(placeInWords(moveQuestion(TWO, "b", 1), "b")).toBe("Pytanie „Pytanie b”: miejsce 1 z 2 w sekcji „Druga”.");
  expect(placeInWords(TWO, "s2")).toBe("Sekcja „Druga”: miejsce 2 z 2.");
});

it("adds a question after the chosen one, and repeats one under a key of its own", () => {
  expect(order(addQuestion(TWO, "s1", "money", "a").form)).toEqual(["s1 a pytanie b", "s2 c"]);
  const copy = repeatQuestion(TWO, "a");
  expect(copy.key).toBe("pytanie_a_kopia");
  expect(order(copy.form)).toEqual(["s1 a pytanie_a_kopia b", "s2 c"]);
});

it("renames a key wherever it is read, as a whole word and outside of quoted texts", () => {
  const form = documentOf(
    question("koszt", "money"),
    question("x", "money", {
      compute: 'suma(koszt, koszt_2, budzet.koszt) + jeżeli(r = "koszt", 1, 2)',
      label: "Do {koszt} zł, koszt",
      show: "koszt > 5",
    }),
  );
  const [, x] = renameKey(form, "koszt", "cena").sections[0]?.questions ?? [];
  expect(x?.compute).toBe('suma(cena, koszt_2, budzet.koszt) + jeżeli(r = "koszt", 1, 2)');
  expect(x?.label).toBe("Do {cena} zł, koszt");
  expect(x?.show).toBe("cena > 5");
  expect(renameKey(form, "koszt", "x")).toBe(form);
});

it("finds what a fault of the server is about", () => {
  expect(placeOf(TWO, "sections/0/questions/1/show")).toEqual({ section: "s1", question: "b" });
  expect(placeOf(TWO, "sections/1/title")).toEqual({ section: "s2", question: undefined });
  expect(placeOf(TWO, "checks/0/rule")).toEqual({ section: undefined, question: undefined });
  expect(placeOf(documentOf(BUDGET), "sections/0/questions/0/options/columns/2/compute").question).toBe("budzet");
});

it("names a column after its label once, and never where answers carry the key", () => {
  const column = { key: "kolumna_2", label: "Koszt brutto" };
  expect(keyed(column, [], false).key).toBe("koszt_brutto");
  expect(keyed(column, [], true)).toBe(column);
  expect(keyed({ key: "koszt", label: "Cena" }, [], false).key).toBe("koszt");
});
