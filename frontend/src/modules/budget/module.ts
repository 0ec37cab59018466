import { IconCoins, IconListNumbers } from "@tabler/icons-react";
import type { Module } from "@/ui/module";

const VIEW = "budget.view_pots";

export const module: Module = {
  label: "budget",
  place: 30,
  menu: [
    { label: "Budżet", to: "/budget/pots", group: "matters", icon: IconCoins, permission: VIEW },
    {
      label: "Klasyfikacja",
      to: "/budget/classifications",
      group: "city",
      icon: IconListNumbers,
      permission: "budget.manage_pots",
    },
  ],
};
