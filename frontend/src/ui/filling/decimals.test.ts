import { expect, it } from "vitest";
import { shownDecimal, typedDecimal } from "@/ui/filling/decimals";

it.each([
  ["1 234,50", "1234.50"],
  ["1\u00a0234,50 zł", "1234.50"],
  ["1.234,50", "1234.50"],
  ["1234.5", "1234.5"],
  ["-3", "-3"],
  ["12,", "12"],
  ["80%", "80"],
])("takes %s as people write it", (typed, taken) => {
  expect(typedDecimal(typed)).toBe(taken);
});

it("gives back what is no number as it was typed, so that the server can say so", () => {
  expect(typedDecimal("około 100")).toBe("około 100");
});

it("shows every digit, in threes, with a comma", () => {
  expect(shownDecimal("1234567.5")).toBe("1\u00a0234\u00a0567,5");
  expect(shownDecimal("1234567.5", 2)).toBe("1\u00a0234\u00a0567,50");
  expect(shownDecimal("0.123456789")).toBe("0,123456789");
  expect(shownDecimal("dużo")).toBe("dużo");
});
