import { counted, formatNumber, plural } from "@/ui/format";
import type { MergeReport } from "./nouns";

/** The recipients of a merge, each in one of the figures; merges of old do not tell who was silent then. */
export interface MergeSum {
  total: number;
  merged: number;
  rejected: number;
  leftOut: number;
  otherwise: number;
  silent: number;
}

export function sumOf(report: MergeReport, silentNow: number): MergeSum {
  const parts = {
    merged: report.workbooks,
    rejected: report.rejected.length,
    leftOut: report.left_out?.length ?? 0,
    otherwise: report.otherwise ?? 0,
    silent: report.silent ?? silentNow,
  };
  return { ...parts, total: Object.values(parts).reduce((sum, count) => sum + count, 0) };
}

/** "119 = 116 scalonych + 1 odrzucony + 2 milczące", or that all are there. */
export function sumText({ total, merged, rejected, leftOut, otherwise, silent }: MergeSum): string {
  if (merged === total) {
    const all = plural(total, "arkusz, scalony", "arkusze, wszystkie scalone", "arkuszy, wszystkie scalone");
    return `${formatNumber(total)} ${all}`;
  }
  const parts = [
    [merged, counted(merged, "scalony", "scalone", "scalonych")],
    [rejected, counted(rejected, "odrzucony", "odrzucone", "odrzuconych")],
    [leftOut, counted(leftOut, "pominięty", "pominięte", "pominiętych")],
    [otherwise, `${formatNumber(otherwise)} bez arkusza`],
    [silent, counted(silent, "milcząca", "milczące", "milczących")],
  ] as const;
  const there = parts.filter(([count]) => count > 0).map(([, words]) => words);
  return `${formatNumber(total)} = ${there.join(" + ")}`;
}
