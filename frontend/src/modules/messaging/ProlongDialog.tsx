import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { DateTimeField } from "@/ui/DateTimeField";
import { errorOf } from "@/ui/fieldErrors";
import { counted, formatDateTime } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { DeliveryChoice } from "./DeliveryChoice";
import { usualLock } from "./draft";
import type { Message } from "./nouns";

/** Gives all recipients, or some, more time to answer. */
export function ProlongDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const old = message.answer_request?.due_at ?? null;
  const [due, setDue] = useState(() => old && usualLock(old));
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const prolong = api.useMutation("post", "/api/v1/messaging/messages/{message_id}/deadline/", {
    onSuccess: ({ count }) => {
      notifyDone(`Przesunięto termin: ${counted(count, "adresat", "adresatów", "adresatów")}. System ich powiadamia.`);
      onClose();
    },
  });
  const refusal = prolong.error ? asProblem(prolong.error) : null;
  const isOfField = refusal !== null && refusal.fields.length > 0;
  return (
    <ConfirmDialog
      isOpen
      title="Przesunąć termin odpowiedzi?"
      confirmLabel="Przesuń termin"
      isWorking={prolong.isPending}
      isReady={due !== null && chosen?.length !== 0}
      error={isOfField ? null : prolong.error}
      onConfirm={() =>
        due &&
        prolong.mutate({
          params: { path: { message_id: message.id } },
          body: { due_at: due, deliveries: chosen && [...chosen] },
        })
      }
      onClose={onClose}
    >
      <Stack>
        {old && <Text>Dotychczasowy termin: {formatDateTime(old)}.</Text>}
        <DateTimeField
          id="due_at"
          label="Nowy termin"
          value={due}
          onChange={setDue}
          error={isOfField ? errorOf(refusal, "due_at") : undefined}
        />
        <DeliveryChoice
          message={message}
          label="Komu"
          all={`Wszyscy adresaci (${message.counts.recipients})`}
          isOffered={({ recalled_at }) => recalled_at === null}
          value={chosen}
          onChange={setChosen}
        />
        <Text size="sm" c="dimmed">
          Adresaci dowiedzą się o nowym terminie. Kto odpowiedział po dawnym terminie, a przed nowym, nie będzie już
          spóźniony.
          {message.answer_request?.locks_at && " Zamknięcie odpowiedzi przesunie się o tyle samo."}
        </Text>
      </Stack>
    </ConfirmDialog>
  );
}
