import { Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api, type Schemas } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { counted, formatDateTime } from "@/ui/format";
import { DeliveryChoice } from "./DeliveryChoice";
import type { Message } from "./nouns";

type Recall = Schemas["RecallOut"];

/** Takes a message back from whoever has not opened it, and says who keeps it. */
export function RecallDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const recall = api.useMutation("post", "/api/v1/messaging/messages/{message_id}/recall/", {
    meta: { isRereadWhenRefused: true },
  });
  if (recall.data) {
    return <Recalled recall={recall.data} onClose={onClose} />;
  }
  const unopened = message.counts.recipients - message.counts.opened;
  return (
    <ConfirmDialog
      isOpen
      title="Wycofać wiadomość?"
      confirmLabel="Wycofaj"
      isDangerous
      isWorking={recall.isPending}
      isReady={chosen?.length !== 0}
      error={recall.error}
      onConfirm={() =>
        recall.mutate({
          params: { path: { message_id: message.id } },
          body: { deliveries: chosen && [...chosen] },
        })
      }
      onClose={onClose}
    >
      <Stack>
        <Text>
          Wiadomość zniknie ze skrzynek tych, którzy jej nie otworzyli. Nie dostaną o tym powiadomienia. Kto ją otworzył
          albo odpowiedział, zachowa ją.
        </Text>
        <DeliveryChoice
          message={message}
          label="U kogo"
          all={`Wszyscy, którzy nie otworzyli (${unopened})`}
          isOffered={({ recalled_at, opened_at, answered_at }) =>
            recalled_at === null && opened_at === null && answered_at === null
          }
          value={chosen}
          onChange={setChosen}
        />
        <Text size="sm" c="dimmed">
          Listu e-mail, który już wyszedł, nie da się cofnąć: jego odnośnik przestanie jednak działać.
        </Text>
      </Stack>
    </ConfirmDialog>
  );
}

function Recalled({ recall: { recalled, kept }, onClose }: { recall: Recall; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Wycofano wiadomość">
      <Stack>
        <Text role="status">Wycofano u: {counted(recalled, "adresata", "adresatów", "adresatów")}.</Text>
        {kept.length > 0 && (
          <>
            <Text fw={600}>Zachowali ją, bo otworzyli albo odpowiedzieli:</Text>
            <List>
              {kept.map(({ recipient, opened_at, opened_by }) => (
                <List.Item key={recipient.id}>
                  {recipient.short_name}
                  {opened_at && ` (${opened_by}, ${formatDateTime(opened_at)})`}
                </List.Item>
              ))}
            </List>
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Zamknij
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
