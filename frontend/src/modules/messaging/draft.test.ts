import { expect, it } from "vitest";
import {
  draftBody,
  EMPTY_DRAFT,
  NOBODY,
  NOTHING_WANTED,
  promiseOf,
  reachOf,
  templateOf,
  usualDue,
  usualLock,
} from "./draft";

const WORKBOOK = { file: "f1", name: "ankieta.xlsx", size: 1 };
const OTHER = { file: "f2", name: "wzór.ods", size: 1 };
const LETTER = { file: "f3", name: "pismo.pdf", size: 1 };
const wanted = { ...NOTHING_WANTED, wantsWorkbook: true };

it("takes the only workbook attached as the one to fill in", () => {
  expect(templateOf({ files: [LETTER, WORKBOOK], wanted })).toBe("f1");
  expect(templateOf({ files: [WORKBOOK, OTHER], wanted })).toBeNull();
  expect(templateOf({ files: [WORKBOOK, OTHER], wanted: { ...wanted, template: "f2" } })).toBe("f2");
});

it("forgets a chosen workbook that was taken off", () => {
  expect(templateOf({ files: [LETTER], wanted: { ...wanted, template: "f1" } })).toBeNull();
});

it("sends no request for an answer when nothing is wanted", () => {
  expect(
    draftBody({ ...EMPTY_DRAFT, wanted: { ...NOTHING_WANTED, dueAt: "2026-11-30T14:00:00Z" } }).answer_request,
  ).toBeNull();
});

it("says in one sentence what sending will do", () => {
  const due = { ...wanted, dueAt: "2026-11-30T14:00:00Z" };
  expect(promiseOf({ ...NOBODY, units: 119, people: 2, after_do: "119 jednostek i 2 osób" }, due)).toBe(
    "Wyślesz do 119 jednostek i 2 osób; odpowiedzi do 30.11.2026, 15:00.",
  );
  expect(promiseOf({ ...NOBODY, units: 1, after_do: "SP 1" }, NOTHING_WANTED)).toBe(
    "Wyślesz do SP 1; bez prośby o odpowiedź.",
  );
  expect(reachOf({ named: "119 jednostek i 2 osoby" })).toBe("119 jednostek i 2 osoby");
  expect(reachOf(NOBODY)).toBe("nikt");
});

it("proposes a due date in a week at three, never on a weekend, and a lock a week later", () => {
  expect(usualDue(new Date("2026-11-23T23:30:00Z"))).toBe("2026-12-01T14:00:00.000Z");
  expect(usualDue(new Date("2026-11-21T10:00:00Z"))).toBe("2026-11-30T14:00:00.000Z");
  expect(usualDue(new Date("2026-11-22T10:00:00Z"))).toBe("2026-11-30T14:00:00.000Z");
  expect(usualLock("2026-11-30T14:00:00.000Z")).toBe("2026-12-07T14:00:00.000Z");
});

it("keeps the hour of the clocks when the lock falls behind the change of time", () => {
  expect(usualLock("2026-10-21T13:00:00.000Z")).toBe("2026-10-28T14:00:00.000Z");
});
