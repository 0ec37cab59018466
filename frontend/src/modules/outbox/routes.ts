import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "jobs", lazy: async () => ({ Component: (await import("./JobList")).JobList }) },
];
