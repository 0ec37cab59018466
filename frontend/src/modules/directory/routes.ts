import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "units", lazy: async () => ({ Component: (await import("./UnitList")).UnitList }) },
  { path: "units/:id", lazy: async () => ({ Component: (await import("./UnitPage")).UnitPage }) },
  { path: "units/:id/edit", lazy: async () => ({ Component: (await import("./UnitEdit")).UnitEdit }) },
  { path: "groups", lazy: async () => ({ Component: (await import("./GroupList")).GroupList }) },
  { path: "groups/new", lazy: async () => ({ Component: (await import("./GroupEdit")).GroupNew }) },
  { path: "groups/:id", lazy: async () => ({ Component: (await import("./GroupEdit")).GroupEdit }) },
];
