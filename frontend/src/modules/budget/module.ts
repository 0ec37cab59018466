import { IconCoins, IconListNumbers } from "@tabler/icons-react";
import type { Module } from "@/ui/module";

const VIEW = "budget.view_pots";

export const module: Module = {
  label: "budget",
  place: 30,
  menu: [
    { label: "Budżet", to: "/budget/pots", icon: IconCoins, permission: VIEW },
    {
      label: "Klasyfikacja",
      to: "/budget/classifications",
      icon: IconListNumbers,
      permission: "budget.manage_pots",
    },
  ],
  routes: [
    { path: "pots", lazy: async () => ({ Component: (await import("./PotList")).PotList }) },
    { path: "pots/new", lazy: async () => ({ Component: (await import("./PotEdit")).PotNew }) },
    { path: "pots/:id", lazy: async () => ({ Component: (await import("./PotPage")).PotPage }) },
    { path: "pots/:id/edit", lazy: async () => ({ Component: (await import("./PotEdit")).PotEdit }) },
    { path: "pots/:id/part", lazy: async () => ({ Component: (await import("./PotEdit")).PartNew }) },
    {
      path: "classifications",
      lazy: async () => ({ Component: (await import("./ClassificationList")).ClassificationList }),
    },
  ],
};
