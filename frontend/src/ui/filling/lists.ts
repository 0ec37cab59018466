import { createContext } from "react";
import type { Choice, Options } from "@/ui/filling/definition";
import type { FileFact } from "@/ui/filling/projection";

/** What a filled form names and does not hold: the city's lists to choose from, and the files. */
export interface Lists {
  /** Of each dictionary the labels by their keys, in order. */
  dictionaries: Readonly<Record<string, Readonly<Record<string, string>>>>;
  files: readonly FileFact[];
}

export const FillingLists = createContext<Lists>({ dictionaries: {}, files: [] });

/** The things to choose from: the form's own, or a dictionary's. */
export function choicesOf(options: Options, { dictionaries }: Lists): readonly Choice[] {
  return options.dictionary
    ? Object.entries(dictionaries[options.dictionary] ?? {}).map(([key, label]) => ({ key, label }))
    : (options.choices ?? []);
}
