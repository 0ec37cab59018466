import { asProblem } from "@/api/problem";

/** The sentence about one field, for the `error` of an input. A field's own name also covers what is inside it. */
export function errorOf(error: unknown, field: string): string | undefined {
  if (!error) {
    return undefined;
  }
  return asProblem(error).fields.find((problem) => problem.field === field || problem.field.startsWith(`${field}.`))
    ?.detail;
}
