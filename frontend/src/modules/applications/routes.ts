import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "own", lazy: async () => ({ Component: (await import("./OwnApplications")).OwnApplications }) },
  { path: "scoring", lazy: async () => ({ Component: (await import("./ScoringList")).ScoringList }) },
  { path: "committees/:id", lazy: async () => ({ Component: (await import("./CommitteePage")).CommitteePage }) },
  { path: "register", lazy: async () => ({ Component: (await import("./Register")).Register }) },
  { path: "calls", lazy: async () => ({ Component: (await import("./CallList")).CallList }) },
  { path: "calls/new", lazy: async () => ({ Component: (await import("./CallNew")).CallNew }) },
  { path: "calls/:id", lazy: async () => ({ Component: (await import("./CallPage")).CallPage }) },
  { path: "calls/:id/division", lazy: async () => ({ Component: (await import("./CallDivision")).CallDivision }) },
  {
    path: "recommendations/:id",
    lazy: async () => ({ Component: (await import("./RecommendationPage")).RecommendationPage }),
  },
  { path: "calls/:id/edit", lazy: async () => ({ Component: (await import("./CallEdit")).CallEdit }) },
];
