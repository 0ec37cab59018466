import { IconHistory } from "@tabler/icons-react";
import type { Module } from "@/ui/module";

export const module: Module = {
  label: "audit",
  place: 70,
  menu: [
    {
      label: "Dziennik zdarzeń",
      to: "/audit/entries",
      group: "rights",
      icon: IconHistory,
      permission: "audit.view_log",
    },
  ],
};
