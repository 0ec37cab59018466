import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "people", lazy: async () => ({ Component: (await import("./PersonList")).PersonList }) },
  { path: "people/new", lazy: async () => ({ Component: (await import("./PersonNew")).PersonNew }) },
  {
    path: "people/invitations",
    lazy: async () => ({ Component: (await import("./BulkInvitation")).BulkInvitation }),
  },
  { path: "people/:id", lazy: async () => ({ Component: (await import("./PersonPage")).PersonPage }) },
  { path: "joinings/:id", lazy: async () => ({ Component: (await import("./JoiningPage")).JoiningPage }) },
  { path: "motions/:id", lazy: async () => ({ Component: (await import("./MotionPage")).MotionPage }) },
  { path: "roles", lazy: async () => ({ Component: (await import("./RoleList")).RoleList }) },
  { path: "roles/matrix", lazy: async () => ({ Component: (await import("./RoleMatrix")).RoleMatrix }) },
  { path: "roles/new", lazy: async () => ({ Component: (await import("./RoleEdit")).RoleNew }) },
  { path: "roles/:id", lazy: async () => ({ Component: (await import("./RoleEdit")).RoleEdit }) },
  { path: "assignments", lazy: async () => ({ Component: (await import("./AssignmentList")).AssignmentList }) },
  { path: "assignments/new", lazy: async () => ({ Component: (await import("./GiveRole")).GiveRole }) },
  { path: "rights", lazy: async () => ({ Component: (await import("./WhoMay")).WhoMay }) },
  { path: "functions", lazy: async () => ({ Component: (await import("./FunctionList")).FunctionList }) },
  { path: "functions/new", lazy: async () => ({ Component: (await import("./FunctionEdit")).FunctionNew }) },
  { path: "functions/:id", lazy: async () => ({ Component: (await import("./FunctionPage")).FunctionPage }) },
  { path: "substitutions", lazy: async () => ({ Component: (await import("./SubstitutionList")).SubstitutionList }) },
  {
    path: "substitutions/new",
    lazy: async () => ({ Component: (await import("./SubstitutionNew")).SubstitutionNew }),
  },
  { path: "tokens", lazy: async () => ({ Component: (await import("./TokenList")).TokenList }) },
  { path: "tokens/new", lazy: async () => ({ Component: (await import("./TokenNew")).TokenNew }) },
  { path: "sign-in", lazy: async () => ({ Component: (await import("./ProviderList")).ProviderList }) },
  { path: "me", lazy: async () => ({ Component: (await import("./MyAccount")).MyAccount }) },
];
