import type { Waiting } from "@/ui/module";

/** The most pressing first; what has no deadline comes last, in the order in which the modules gave it. */
export const byDeadline = (matters: readonly Waiting[]): readonly Waiting[] =>
  matters.toSorted((left, right) => momentOf(left) - momentOf(right) || 0);

const momentOf = ({ dueAt }: Waiting): number => (dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt));
