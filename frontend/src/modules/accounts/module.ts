import {
  IconArrowsExchange,
  IconKey,
  IconLogin2,
  IconShieldLock,
  IconUserQuestion,
  IconUsers,
} from "@tabler/icons-react";
import { bodyOf, http } from "@/api/client";
import type { Module } from "@/ui/module";
import { SEES_PEOPLE, SEES_RIGHTS } from "./accounts";

export const module: Module = {
  label: "accounts",
  place: 60,
  menu: [
    { label: "Osoby", to: "/accounts/people", icon: IconUsers, permission: SEES_PEOPLE },
    { label: "Role", to: "/accounts/roles", icon: IconShieldLock, permission: SEES_RIGHTS },
    { label: "Kto co może", to: "/accounts/rights", icon: IconUserQuestion, permission: SEES_RIGHTS },
    {
      label: "Funkcje i zastępstwa",
      to: "/accounts/functions",
      icon: IconArrowsExchange,
      permission: [...SEES_RIGHTS, "accounts.appoint_substitute"],
    },
    {
      label: "Klucze API",
      to: "/accounts/tokens",
      icon: IconKey,
      permission: ["accounts.make_tokens", "accounts.manage_people"],
    },
    {
      label: "Sposoby logowania",
      to: "/accounts/sign-in",
      icon: IconLogin2,
      permission: "accounts.manage_sign_in",
    },
  ],
  routes: [
    { path: "people", lazy: async () => ({ Component: (await import("./PersonList")).PersonList }) },
    { path: "people/new", lazy: async () => ({ Component: (await import("./PersonNew")).PersonNew }) },
    {
      path: "people/invitations",
      lazy: async () => ({ Component: (await import("./BulkInvitation")).BulkInvitation }),
    },
    { path: "people/:id", lazy: async () => ({ Component: (await import("./PersonPage")).PersonPage }) },
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
  ],
  search: async (text) => {
    const query = { search: text, page_size: 5 };
    const { results } = bodyOf(await http.GET("/api/v1/accounts/people/", { params: { query } }));
    return results.map(({ id, name, email }) => ({ label: name, description: email, to: `/accounts/people/${id}` }));
  },
};
