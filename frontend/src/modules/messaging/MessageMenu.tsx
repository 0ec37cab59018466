import { Button, Menu } from "@mantine/core";
import {
  IconArrowBackUp,
  IconCalendarPlus,
  IconCopy,
  IconDots,
  IconMessageQuestion,
  IconUserPlus,
} from "@tabler/icons-react";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { api } from "@/api/client";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { AddRecipientsDialog } from "./AddRecipientsDialog";
import type { Message } from "./nouns";
import { ProlongDialog } from "./ProlongDialog";
import { RecallDialog } from "./RecallDialog";

type Dialog = "prolong" | "recall" | "add_recipients";

/** What its sender may still do with a message that has left. */
export function MessageMenu({ message }: { message: Message }) {
  const [open, setOpen] = useState<Dialog | null>(null);
  const close = () => setOpen(null);
  const navigate = useNavigate();
  const copy = api.useMutation("post", "/api/v1/messaging/messages/{message_id}/copies/", {
    onSuccess: async ({ id }) => {
      await navigate(`/messaging/compose/${id}`);
      notifyDone("Przygotowano szkic. Wybierz adresatów i termin.");
    },
    onError: notifyRefused,
  });
  const { can, counts } = message;
  if (!can.includes("copy")) {
    return null;
  }
  return (
    <>
      <Menu position="bottom-end" withinPortal shadow="md" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconDots size={18} aria-hidden />} loading={copy.isPending}>
            Więcej
          </Button>
        </Menu.Target>
        <Menu.Dropdown aria-label="Więcej">
          {can.includes("prolong") && (
            <Menu.Item
              leftSection={<IconCalendarPlus size={16} aria-hidden />}
              disabled={counts.recipients === 0}
              onClick={() => setOpen("prolong")}
            >
              Przesuń termin
            </Menu.Item>
          )}
          {can.includes("add_recipients") && (
            <Menu.Item leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setOpen("add_recipients")}>
              Dodaj adresatów
            </Menu.Item>
          )}
          {can.includes("remind") && counts.silent > 0 && (
            <Menu.Item
              component={Link}
              to={`/messaging/compose?silent=${message.id}`}
              leftSection={<IconMessageQuestion size={16} aria-hidden />}
            >
              Napisz do milczących
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconCopy size={16} aria-hidden />}
            onClick={() => copy.mutate({ params: { path: { message_id: message.id } } })}
          >
            Wyślij ponownie jako nową
          </Menu.Item>
          {can.includes("recall") && (
            <Menu.Item
              leftSection={<IconArrowBackUp size={16} aria-hidden />}
              disabled={counts.opened >= counts.recipients}
              onClick={() => setOpen("recall")}
            >
              Wycofaj u tych, którzy nie otworzyli
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {open === "prolong" && <ProlongDialog message={message} onClose={close} />}
      {open === "recall" && <RecallDialog message={message} onClose={close} />}
      {open === "add_recipients" && <AddRecipientsDialog message={message} onClose={close} />}
    </>
  );
}
