import { expect, it } from "vitest";
import { asProblem, Problem, problemOf, toProblem } from "@/api/problem";

it("takes the code, the sentence and the fields from the server's answer", () => {
  const body = {
    code: "invalid",
    detail: "Popraw wskazane pola.",
    errors: [{ field: "email", detail: "Podaj adres." }],
  };
  expect(toProblem(400, body)).toMatchObject({
    status: 400,
    code: "invalid",
    detail: "Popraw wskazane pola.",
    fields: [{ field: "email", detail: "Podaj adres." }],
  });
});

it("says something useful in Polish when a proxy answers with a page of its own", async () => {
  const answer = new Response("<html>413 Request Entity Too Large</html>", { status: 413 });
  expect((await problemOf(answer)).detail).toBe("Plik jest za duży. Wybierz mniejszy.");
});

it("leaves out field errors that are not what was agreed", () => {
  expect(toProblem(400, { detail: "x", errors: [null, { field: 1 }, "y"] }).fields).toEqual([]);
});

it("is passing only when the same request may succeed later", () => {
  expect([0, 429, 502, 503].map((status) => new Problem(status, "", "").isPassing)).toEqual([true, true, true, true]);
  expect([400, 401, 403, 409, 422, 500].some((status) => new Problem(status, "", "").isPassing)).toBe(false);
});

it("does not show the text of a fault of our own", () => {
  expect(asProblem(new TypeError("undefined is not a function")).detail).not.toContain("undefined");
});
