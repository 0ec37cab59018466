import { dueFrom, formatDateTime } from "@/ui/format";

interface Dates {
  due_at: string | null;
  locks_at: string | null;
}

export interface Deadline {
  /** Whether an answer may still be sent, and whether it will count as late. */
  state: "open" | "late" | "closed";
  /** The first sentence is the one that matters now; a second one says what happens afterwards. */
  sentences: readonly string[];
}

/** What the due date and the lock date mean at this moment, in plain words. */
export function deadlineOf({ due_at: due, locks_at: lock }: Dates, now: Date = new Date()): Deadline {
  if (lock !== null && new Date(lock) <= now) {
    return {
      state: "closed",
      sentences: [
        `Odpowiedzi przyjmowano do ${formatDateTime(lock)}.`,
        "Jeśli musisz jeszcze odpowiedzieć, skontaktuj się z nadawcą.",
      ],
    };
  }
  if (due === null) {
    return {
      state: "open",
      sentences: lock === null ? ["Nadawca nie podał terminu."] : [`Odpowiedz do ${formatDateTime(lock)}.`],
    };
  }
  if (new Date(due) <= now) {
    return {
      state: "late",
      sentences: [
        `Termin minął ${formatDateTime(due)}: odpowiedź zostanie oznaczona jako spóźniona.`,
        ...(lock === null ? [] : [`Spóźnione odpowiedzi są przyjmowane do ${formatDateTime(lock)}.`]),
      ],
    };
  }
  return {
    state: "open",
    sentences: [
      `Odpowiedz do ${formatDateTime(due)}, ${dueFrom(due, now).text}.`,
      ...(lock === null || lock === due
        ? []
        : [`Później, do ${formatDateTime(lock)}, odpowiedź będzie oznaczona jako spóźniona.`]),
    ],
  };
}
