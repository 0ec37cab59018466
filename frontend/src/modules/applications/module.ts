import { IconFileText, IconListDetails, IconSpeakerphone } from "@tabler/icons-react";
import type { Module } from "@/ui/module";

export const module: Module = {
  label: "applications",
  place: 15,
  menu: [
    {
      label: "Wnioski",
      to: "/applications/own",
      group: "matters",
      icon: IconFileText,
      permission: "procedures.open_case",
    },
    {
      label: "Nabory",
      to: "/applications/calls",
      group: "matters",
      icon: IconSpeakerphone,
      permission: ["applications.view_calls", "applications.manage_calls"],
    },
    {
      label: "Rejestr wniosków",
      to: "/applications/register",
      group: "matters",
      icon: IconListDetails,
      permission: ["applications.view_calls", "applications.manage_calls"],
    },
    {
      label: "Ocena wniosków",
      to: "/applications/scoring",
      group: "matters",
      icon: IconFileText,
      permission: "procedures.act_in_case",
    },
  ],
};
