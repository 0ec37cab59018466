import { byPolish, folded } from "@/ui/polish";

/** How well a text answers a search; smaller is better. */
export const EXACT = 0;
const BEGINS = 1;
const WORDS_BEGIN = 2;
const NOT_AT_ALL = 3;

/** What a thing is called, and what else it is found by. */
export interface Names {
  names: readonly string[];
  rest?: string;
}

const wordsOf = (text: string) => text.split(/[^\p{Letter}\p{Number}]+/u).filter(Boolean);

/**
 * As the server ranks: the very name, then names that begin so, then those in which every word of the search begins a
 * word ("zak" finds Żak, not Łuczak). Case and Polish tails do not count.
 */
export function rankOf(search: string, { names, rest = "" }: Names): number {
  const sought = folded(search).trim().replace(/\s+/g, " ");
  const called = names.map(folded);
  if (called.includes(sought)) {
    return EXACT;
  }
  if (called.some((name) => name.startsWith(sought))) {
    return BEGINS;
  }
  const words = wordsOf(`${called.join(" ")} ${folded(rest)}`);
  return wordsOf(sought).every((part) => words.some((word) => word.startsWith(part))) ? WORDS_BEGIN : NOT_AT_ALL;
}

/** Those that answer the search, the best first, equal ones in Polish order; all as they stand for an empty search. */
export function ranked<T>(items: readonly T[], search: string, namesOf: (item: T) => Names): T[] {
  if (search.trim() === "") {
    return [...items];
  }
  return items
    .map((item) => ({ item, name: namesOf(item).names[0] ?? "", rank: rankOf(search, namesOf(item)) }))
    .filter(({ rank }) => rank < NOT_AT_ALL)
    .sort((one, other) => one.rank - other.rank || byPolish(one.name, other.name))
    .map(({ item }) => item);
}
