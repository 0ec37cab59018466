import { expect, it } from "vitest";
import { byPolish, folded } from "@/ui/polish";

it("folds case and every Polish letter", () => {
  expect(folded("Zażółć GĘŚLĄ jaźń")).toBe("zazolc gesla jazn");
});

it("sorts ą after a, ł after l, and numbers by their value", () => {
  expect(["łan", "las", "ląd", "lada", "SP 10", "SP 2"].toSorted(byPolish)).toEqual([
    "lada",
    "las",
    "ląd",
    "łan",
    "SP 2",
    "SP 10",
  ]);
});
