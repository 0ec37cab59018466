import { IconChecklist, IconEdit, IconInbox, IconNotes, IconSend } from "@tabler/icons-react";
import { bodyOf, http } from "@/api/client";
import type { Module } from "@/ui/module";

const SEND = "messaging.send_message";
const VIEW = "messaging.view_messages";

export const module: Module = {
  label: "messaging",
  place: 10,
  menu: [
    { label: "Odebrane", to: "/messaging/inbox", group: "messages", icon: IconInbox },
    { label: "Nowa wiadomość", to: "/messaging/compose", group: "messages", icon: IconEdit, permission: SEND },
    { label: "Robocze", to: "/messaging/drafts", group: "messages", icon: IconNotes, permission: SEND },
    { label: "Wysłane", to: "/messaging/messages", group: "messages", icon: IconSend, permission: [SEND, VIEW] },
    {
      label: "Zasady akceptacji",
      to: "/messaging/acceptance-rules",
      group: "city",
      icon: IconChecklist,
      permission: "messaging.set_acceptance",
    },
  ],
  doors: [
    {
      path: "accept-message",
      title: "Akceptacja wiadomości",
      load: async () => (await import("./AcceptByLink")).AcceptByLink,
    },
  ],
  search: async (text) => {
    const query = { search: text, page_size: 6 };
    const { results } = bodyOf(await http.GET("/api/v1/messaging/inbox/", { params: { query } }));
    return results.map(({ id, subject, sender }) => ({
      label: subject,
      description: `Wiadomość od: ${sender}`,
      to: `/messaging/inbox/${id}`,
    }));
  },
};
