import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBellRinging } from "@tabler/icons-react";
import { api } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { counted } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import type { Message } from "./nouns";

/** Chases, after a question, everybody who has not answered. */
export function RemindButton({ message, variant }: { message: Message; variant: "default" | "filled" }) {
  const [isAsked, question] = useDisclosure(false);
  const { silent } = message.counts;
  const whom = counted(silent, "adresat", "adresatów", "adresatów");
  const remind = api.useMutation("post", "/api/v1/messaging/messages/{id}/reminders/", {
    onSuccess: ({ reminded }) => {
      question.close();
      notifyDone(`Ponaglono: ${counted(reminded, "adresat", "adresatów", "adresatów")}.`);
    },
  });

  return (
    <>
      <Button
        variant={variant}
        leftSection={<IconBellRinging size={18} aria-hidden />}
        disabled={silent === 0}
        onClick={question.open}
      >
        Ponaglij milczących
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        title={silent === 1 ? "Ponaglić 1 adresata?" : `Ponaglić ${whom}?`}
        confirmLabel="Ponaglij"
        isWorking={remind.isPending}
        error={remind.error}
        onConfirm={() => remind.mutate({ params: { path: { id: message.id } } })}
        onClose={() => {
          question.close();
          remind.reset();
        }}
      >
        Każdy, kto jeszcze nie odpowiedział, dostanie przypomnienie w powiadomieniach i e-mailem. Kto dostał je w
        ostatniej godzinie, nie dostanie go drugi raz.
      </ConfirmDialog>
    </>
  );
}
