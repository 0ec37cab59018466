import type { RouteObject } from "react-router";
import type { Module } from "@/ui/module";

const found = import.meta.glob<Module>("../modules/*/module.ts", { eager: true, import: "module" });
const tables = import.meta.glob<RouteObject[]>("../modules/*/routes.ts", { import: "routes" });

/** Every module of the product, in the order of the menu; a city has some of them switched on. */
export const modules: readonly Module[] = Object.values(found).sort((one, other) => one.place - other.place);

/** The addresses of a module, which come only when one of them is asked for; none of a module that does not exist. */
export const routesOf = async (label: string): Promise<RouteObject[]> =>
  (await tables[`../modules/${label}/routes.ts`]?.()) ?? [];
