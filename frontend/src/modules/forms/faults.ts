import type { FormDocument } from "@/ui/filling/definition";
import { placeOf } from "./draft";
import type { Fault } from "./nouns";

/** The sentences about one section or question, by the place inside it: "show", "options/columns/1/compute", "". */
export type FaultsInside = ReadonlyMap<string, string>;

/** Where a fault is and what stands after that in its path. */
export function sorted(form: FormDocument, fault: Fault): { key: string; rest: string } {
  const { section, question } = placeOf(form, fault.path);
  const key = question ?? section ?? "";
  const steps = fault.path.split("/");
  const used = steps[0] === "sections" ? (question === undefined ? 2 : 4) : key === "" ? 0 : steps.lastIndexOf(key) + 1;
  return { key, rest: steps.slice(used).join("/") };
}

export function faultsInside(form: FormDocument, faults: readonly Fault[], key: string): FaultsInside {
  const inside = new Map<string, string>();
  for (const fault of faults) {
    const place = sorted(form, fault);
    if (place.key === key) {
      const before = inside.get(place.rest);
      inside.set(place.rest, before ? `${before} ${fault.sentence}` : fault.sentence);
    }
  }
  return inside;
}

export function faultCounts(form: FormDocument, faults: readonly Fault[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const fault of faults) {
    const { key } = sorted(form, fault);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
