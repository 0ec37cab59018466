import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "entries", lazy: async () => ({ Component: (await import("./EntryList")).EntryList }) },
];
