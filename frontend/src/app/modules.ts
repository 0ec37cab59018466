import type { Module } from "@/ui/module";

const found = import.meta.glob<Module>("../modules/*/module.ts", { eager: true, import: "module" });

/** Every module of the product, in the order of the menu; a city has some of them switched on. */
export const modules: readonly Module[] = Object.values(found).sort((one, other) => one.place - other.place);
