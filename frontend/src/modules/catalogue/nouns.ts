import type { Schemas } from "@/api/client";

export type CatalogueType = Schemas["TypeOut"];
export type Need = Schemas["NeedOut"];

/** Where what is missing is seen to. */
export function mendedAt(need: Need, procedure: string | null): string {
  const places: Readonly<Record<Need["kind"], string>> = {
    function: "/accounts/functions",
    letter: "/procedures/letters",
    pot: "/budget/pots",
    class: "/procedures/classes",
    dates: procedure ? `/procedures/procedures/${procedure}?view=settings` : "/procedures/procedures",
  };
  return places[need.kind];
}

export const NEED_WORDS: Readonly<Record<Need["kind"], { title: string; mend: string }>> = {
  function: { title: "Ludzie w funkcjach", mend: "Wskaż osoby" },
  letter: { title: "Wzory pism", mend: "Otwórz wzory pism" },
  pot: { title: "Pule pieniędzy", mend: "Otwórz budżet" },
  class: { title: "Klasa z wykazu akt", mend: "Otwórz wykaz akt" },
  dates: { title: "Nabór", mend: "Ustaw dni naboru" },
};
