import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "pots", lazy: async () => ({ Component: (await import("./PotList")).PotList }) },
  { path: "pots/new", lazy: async () => ({ Component: (await import("./PotEdit")).PotNew }) },
  { path: "pots/:id", lazy: async () => ({ Component: (await import("./PotPage")).PotPage }) },
  { path: "pots/:id/edit", lazy: async () => ({ Component: (await import("./PotEdit")).PotEdit }) },
  { path: "pots/:id/part", lazy: async () => ({ Component: (await import("./PotEdit")).PartNew }) },
  {
    path: "classifications",
    lazy: async () => ({ Component: (await import("./ClassificationList")).ClassificationList }),
  },
];
