import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "cases", lazy: async () => ({ Component: (await import("./CaseList")).CaseList }) },
  { path: "cases/new", lazy: async () => ({ Component: (await import("./CaseNew")).CaseNew }) },
  { path: "cases/:id", lazy: async () => ({ Component: (await import("./CasePage")).CasePage }) },
  {
    path: "cases/:id/receipts/:number",
    lazy: async () => ({ Component: (await import("./Receipts")).StepReceipt }),
  },
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
  { path: "letters/:id/receipt", lazy: async () => ({ Component: (await import("./Receipts")).LetterReceipt }) },
  { path: "letters/:id/issue", lazy: async () => ({ Component: (await import("./LettersIssue")).LettersIssue }) },
  { path: "classes", lazy: async () => ({ Component: (await import("./ClassList")).ClassList }) },
];
