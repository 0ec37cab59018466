import { Stack, Switch, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { DateTimeField } from "@/ui/DateTimeField";
import { errorOf } from "@/ui/fieldErrors";
import { counted, formatDateTime } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { AudiencePicker } from "./AudiencePicker";
import { audienceBody, EMPTY_DRAFT, isNobody, usualDue } from "./draft";
import type { Message } from "./nouns";

/** Sends a message, as it left, to more units and people. */
export function AddRecipientsDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const [audience, setAudience] = useState(EMPTY_DRAFT.audience);
  const old = message.answer_request?.due_at ?? null;
  const isOver = old !== null && new Date(old) <= new Date();
  const [due, setDue] = useState<string | null>(isOver ? usualDue() : null);
  const add = api.useMutation("post", "/api/v1/messaging/messages/{message_id}/recipients/", {
    onSuccess: ({ count }) => {
      notifyDone(`Dodano: ${counted(count, "adresata", "adresatów", "adresatów")}. Wiadomość jest doręczana.`);
      onClose();
    },
  });
  const refusal = add.error ? asProblem(add.error) : null;
  const isOfField = refusal !== null && refusal.fields.length > 0;
  return (
    <ConfirmDialog
      isOpen
      title="Dodać adresatów?"
      confirmLabel="Dodaj i wyślij do nich"
      isWorking={add.isPending}
      isReady={!isNobody(audience)}
      error={isOfField ? null : add.error}
      onConfirm={() =>
        add.mutate({
          params: { path: { message_id: message.id } },
          body: { ...audienceBody(audience), due_at: due },
        })
      }
      onClose={onClose}
    >
      <Stack>
        <Text>Dostaną wiadomość taką, jaka wyszła. Kto już ją ma, nie dostanie jej drugi raz.</Text>
        <AudiencePicker value={audience} onChange={setAudience} />
        {old && (
          <>
            <Switch
              label={isOver ? "Inny termin (dotychczasowy już minął)" : `Inny termin niż ${formatDateTime(old)}`}
              checked={due !== null}
              disabled={isOver}
              onChange={(event) => setDue(event.currentTarget.checked ? usualDue() : null)}
            />
            {due !== null && (
              <DateTimeField
                id="due_at"
                label="Termin nowych adresatów"
                value={due}
                onChange={setDue}
                error={isOfField ? errorOf(refusal, "due_at") : undefined}
              />
            )}
          </>
        )}
      </Stack>
    </ConfirmDialog>
  );
}
