import { expect, it } from "vitest";
import { returnPath } from "@/app/returnPath";

it.each([
  ["/directory/units?page=2", "/directory/units?page=2"],
  [null, "/"],
  ["//elsewhere.example/x", "/"],
  ["/\\elsewhere.example", "/"],
  ["https://elsewhere.example", "/"],
  ["javascript:alert(1)", "/"],
])("after signing in, %s leads to %s", (given, path) => {
  expect(returnPath(given)).toBe(path);
});
