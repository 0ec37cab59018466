import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "types", lazy: async () => ({ Component: (await import("./TypeList")).TypeList }) },
];
