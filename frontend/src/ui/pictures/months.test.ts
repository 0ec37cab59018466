import { expect, it } from "vitest";
import { moved, namedMonth, weeksOf } from "./months";

it("gives whole weeks from Monday", () => {
  const weeks = weeksOf("2026-11");
  expect(weeks).toHaveLength(6);
  expect(weeks[0]?.[0]).toBe("2026-10-26");
  expect(weeks.at(-1)?.at(-1)).toBe("2026-12-06");
  expect(weeksOf("2027-02")).toHaveLength(4);
});

it("goes over the end of a month, a year and the change of clocks", () => {
  expect(moved("2026-12-31", { days: 1 })).toBe("2027-01-01");
  expect(moved("2026-10-24", { days: 2 })).toBe("2026-10-26");
  expect(moved("2027-01-31", { months: 1 })).toBe("2027-02-28");
  expect(moved("2027-03-31", { months: -1 })).toBe("2027-02-28");
  expect(namedMonth("2026-12")).toBe("grudzień 2026");
});
