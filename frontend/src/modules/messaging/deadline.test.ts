import { expect, it } from "vitest";
import { deadlineOf } from "./deadline";

const NOW = new Date("2026-11-23T12:00:00Z");
const DUE = "2026-11-30T14:00:00Z";
const LOCK = "2026-12-07T14:00:00Z";

it("says how far the due date is, and what happens between it and the lock", () => {
  expect(deadlineOf({ due_at: DUE, locks_at: LOCK }, NOW)).toEqual({
    state: "open",
    sentences: [
      "Odpowiedz do 30.11.2026, 15:00, za 7 dni.",
      "Później, do 07.12.2026, 15:00, odpowiedź będzie oznaczona jako spóźniona.",
    ],
  });
});

it("warns after the due date that the answer counts as late", () => {
  const { state, sentences } = deadlineOf({ due_at: "2026-11-22T14:00:00Z", locks_at: LOCK }, NOW);
  expect(state).toBe("late");
  expect(sentences[0]).toBe("Termin minął 22.11.2026, 15:00: odpowiedź zostanie oznaczona jako spóźniona.");
  expect(sentences[1]).toBe("Spóźnione odpowiedzi są przyjmowane do 07.12.2026, 15:00.");
});

it("is closed from the lock on, to the minute", () => {
  expect(deadlineOf({ due_at: DUE, locks_at: LOCK }, new Date(LOCK)).state).toBe("closed");
  expect(deadlineOf({ due_at: DUE, locks_at: LOCK }, new Date(Date.parse(LOCK) - 1)).state).toBe("late");
});

it("says that there is no date when there is none", () => {
  expect(deadlineOf({ due_at: null, locks_at: null }, NOW)).toEqual({
    state: "open",
    sentences: ["Nadawca nie podał terminu."],
  });
});
