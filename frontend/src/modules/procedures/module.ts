import { IconArchive, IconFileText, IconFolders, IconHierarchy3 } from "@tabler/icons-react";
import { bodyOf, http } from "@/api/client";
import type { Module } from "@/ui/module";

const MANAGE = "procedures.manage_procedures";
const WORKS_IN_CASES = ["procedures.view_cases", "procedures.open_case", "procedures.act_in_case"];

export const module: Module = {
  label: "procedures",
  place: 20,
  menu: [
    { label: "Sprawy", to: "/procedures/cases", icon: IconFolders, permission: WORKS_IN_CASES },
    { label: "Procedury", to: "/procedures/procedures", icon: IconHierarchy3, permission: MANAGE },
    { label: "Wzory pism", to: "/procedures/letters", icon: IconFileText, permission: "procedures.manage_letters" },
    { label: "Wykaz akt", to: "/procedures/classes", icon: IconArchive, permission: "procedures.manage_classes" },
  ],
  routes: [
    { path: "cases", lazy: async () => ({ Component: (await import("./CaseList")).CaseList }) },
    { path: "cases/new", lazy: async () => ({ Component: (await import("./CaseNew")).CaseNew }) },
    { path: "cases/:id", lazy: async () => ({ Component: (await import("./CasePage")).CasePage }) },
    { path: "procedures", lazy: async () => ({ Component: (await import("./ProcedureList")).ProcedureList }) },
    { path: "procedures/new", lazy: async () => ({ Component: (await import("./ProcedureNew")).ProcedureNew }) },
    { path: "procedures/:id", lazy: async () => ({ Component: (await import("./ProcedureEdit")).ProcedureEdit }) },
    {
      path: "procedures/:id/publish",
      lazy: async () => ({ Component: (await import("./PublishPage")).PublishPage }),
    },
    { path: "procedures/:id/move", lazy: async () => ({ Component: (await import("./MovePage")).MovePage }) },
    {
      path: "procedures/:id/simulator",
      lazy: async () => ({ Component: (await import("./SimulatorPage")).SimulatorPage }),
    },
    { path: "letters", lazy: async () => ({ Component: (await import("./LetterTemplateList")).LetterTemplateList }) },
    { path: "letters/:id/issue", lazy: async () => ({ Component: (await import("./LettersIssue")).LettersIssue }) },
    { path: "classes", lazy: async () => ({ Component: (await import("./ClassList")).ClassList }) },
  ],
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
