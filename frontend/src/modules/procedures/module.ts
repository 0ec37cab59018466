import { IconArchive, IconFileText, IconFolders, IconHierarchy3 } from "@tabler/icons-react";
import { bodyOf, http } from "@/api/client";
import type { Module } from "@/ui/module";

const MANAGE = "procedures.manage_procedures";
const WORKS_IN_CASES = ["procedures.view_cases", "procedures.open_case", "procedures.act_in_case"];

export const module: Module = {
  label: "procedures",
  place: 20,
  menu: [
    { label: "Sprawy", to: "/procedures/cases", group: "matters", icon: IconFolders, permission: WORKS_IN_CASES },
    { label: "Procedury", to: "/procedures/procedures", group: "city", icon: IconHierarchy3, permission: MANAGE },
    {
      label: "Wzory pism",
      to: "/procedures/letters",
      group: "city",
      icon: IconFileText,
      permission: "procedures.manage_letters",
    },
    {
      label: "Wykaz akt",
      to: "/procedures/classes",
      group: "city",
      icon: IconArchive,
      permission: "procedures.manage_classes",
    },
  ],
  searchPermission: WORKS_IN_CASES,
  search: async (text) => {
    const query = { search: text, page_size: 6 };
    const { results } = bodyOf(await http.GET("/api/v1/procedures/cases/", { params: { query } }));
    return results.map(({ id, title, sign, procedure }) => ({
      label: title,
      description: [sign, procedure.name].filter(Boolean).join(", "),
      to: `/procedures/cases/${id}`,
    }));
  },
};
