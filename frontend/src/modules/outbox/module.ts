import { IconAlertTriangle } from "@tabler/icons-react";
import type { Module } from "@/ui/module";

export const module: Module = {
  label: "outbox",
  place: 80,
  menu: [
    {
      label: "Zadania w tle",
      to: "/outbox/jobs",
      group: "rights",
      icon: IconAlertTriangle,
      permission: "outbox.manage_jobs",
    },
  ],
};
