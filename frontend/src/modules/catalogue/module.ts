import type { Module } from "@/ui/module";

/** Reached from the procedures, beside which its types stand: no line of the menu, no search. */
export const module: Module = { label: "catalogue", place: 25, menu: [] };
