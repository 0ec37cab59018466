import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "inbox", lazy: async () => ({ Component: (await import("./InboxList")).InboxList }) },
  { path: "inbox/:id", lazy: async () => ({ Component: (await import("./ReceivedMessage")).ReceivedMessage }) },
  { path: "compose/:id?", lazy: async () => ({ Component: (await import("./Compose")).Compose }) },
  { path: "drafts", lazy: async () => ({ Component: (await import("./DraftList")).DraftList }) },
  { path: "messages", lazy: async () => ({ Component: (await import("./SentList")).SentList }) },
  { path: "messages/:id", lazy: async () => ({ Component: (await import("./MessagePage")).MessagePage }) },
  { path: "messages/:id/receipt", lazy: async () => ({ Component: (await import("./Receipts")).MessageReceipt }) },
  { path: "answers/:id/receipt", lazy: async () => ({ Component: (await import("./Receipts")).AnswerReceipt }) },
  { path: "messages/:id/merge", lazy: async () => ({ Component: (await import("./MergePage")).MergePage }) },
  {
    path: "acceptance/:id",
    lazy: async () => ({ Component: (await import("./AcceptancePage")).AcceptancePage }),
  },
  {
    path: "acceptance-rules",
    lazy: async () => ({ Component: (await import("./AcceptanceRules")).AcceptanceRules }),
  },
];
