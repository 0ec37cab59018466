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
    { label: "Osoby", to: "/accounts/people", group: "people", icon: IconUsers, permission: SEES_PEOPLE },
    { label: "Role", to: "/accounts/roles", group: "rights", icon: IconShieldLock, permission: SEES_RIGHTS },
    { label: "Kto co może", to: "/accounts/rights", group: "rights", icon: IconUserQuestion, permission: SEES_RIGHTS },
    {
      label: "Funkcje i zastępstwa",
      to: "/accounts/functions",
      group: "rights",
      icon: IconArrowsExchange,
      permission: [...SEES_RIGHTS, "accounts.appoint_substitute"],
    },
    {
      label: "Klucze API",
      to: "/accounts/tokens",
      group: "rights",
      icon: IconKey,
      permission: ["accounts.make_tokens", "accounts.manage_people"],
    },
    {
      label: "Sposoby logowania",
      to: "/accounts/sign-in",
      group: "rights",
      icon: IconLogin2,
      permission: "accounts.manage_sign_in",
    },
  ],
  doors: [
    {
      path: "joining",
      title: "Prośba o dołączenie",
      load: async () => (await import("./JoiningLetter")).JoiningLetter,
    },
  ],
  searchPermission: SEES_PEOPLE,
  search: async (text) => {
    const query = { search: text, page_size: 5 };
    const { results } = bodyOf(await http.GET("/api/v1/accounts/people/", { params: { query } }));
    return results.map(({ id, name, email }) => ({ label: name, description: email, to: `/accounts/people/${id}` }));
  },
};
