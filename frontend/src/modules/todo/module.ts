import type { Module } from "@/ui/module";

/** The desk itself is the first page of the application; here is what belongs to it. */
export const module: Module = {
  label: "todo",
  place: 5,
  menu: [],
};
