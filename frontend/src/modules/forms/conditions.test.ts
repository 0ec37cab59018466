import { question } from "@tests/forms";
import { expect, it } from "vitest";
import { conditionInWords, readCondition, writeCondition } from "./conditions";

const CHOICES = [
  { key: "remont", label: "Remont" },
  { key: "zakup", label: "Zakup" },
];
const QUESTIONS = [
  question("koszt", "money"),
  question("dzien", "date"),
  question("zgoda", "yes_no"),
  question("rodzaj", "single_choice", { options: { choices: CHOICES } }),
  question("cele", "multiple_choice", { options: { choices: CHOICES } }),
  question("uwagi", "short_text"),
  question("pliki", "file"),
];

it.each([
  "",
  "koszt > 1200.50",
  "koszt >= 0 i koszt <= 100",
  "dzien < 2026-11-23",
  "zgoda = tak",
  'rodzaj = "remont" lub rodzaj <> "zakup"',
  'cele zawiera "remont"',
  'nie (cele zawiera "remont")',
  "puste(uwagi) i nie puste(pliki)",
  'uwagi = "a i b ""c"" lub (d"',
])("reads %s into terms and writes the same again", (text) => {
  const read = readCondition(text, QUESTIONS);
  expect(read).not.toBeNull();
  expect(read && writeCondition(read, QUESTIONS)).toBe(text);
});

it("reads what people write a little differently", () => {
  expect(readCondition("zgoda", QUESTIONS)?.terms).toEqual([{ question: "zgoda", operator: "=", value: "tak" }]);
  expect(readCondition("koszt>1200,5", QUESTIONS)?.terms).toEqual([
    { question: "koszt", operator: ">", value: "1200.5" },
  ]);
});

it.each([
  'koszt > 1 i zgoda = tak lub uwagi = "x"',
  "koszt + 1 > 2",
  "długość(uwagi) > 3",
  "nieznane = 1",
  'rodzaj > "remont"',
  "koszt > ",
])("leaves %s to be written by hand", (text) => {
  expect(readCondition(text, QUESTIONS)).toBeNull();
});

it("writes numbers as the language takes them and leaves unfinished terms out", () => {
  const terms = [
    { question: "koszt", operator: ">", value: "1 200,5" },
    { question: "rodzaj", operator: "=", value: "" },
  ] as const;
  expect(writeCondition({ joiner: "i", terms }, QUESTIONS)).toBe("koszt > 1200.5");
});

it("says a condition in words", () => {
  const condition = readCondition('koszt > 1200 lub rodzaj = "zakup"', QUESTIONS);
  expect(condition && conditionInWords(condition, QUESTIONS)).toBe(
    "„Pytanie koszt” jest większe niż 1\u00a0200 lub „Pytanie rodzaj” to Zakup",
  );
});
