import { Button, Group, List, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { api, type Schemas } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { formatDateTime } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { Panel } from "@/ui/Panel";

/** What a member has excluded themselves from, and may take back while it is scored: a slip of the finger. */
export function OwnConflicts() {
  const { data } = api.useQuery("get", "/api/v1/procedures/conflicts/");
  const [chosen, setChosen] = useState<Schemas["ConflictOut"] | null>(null);
  if (!data || data.length === 0) {
    return null;
  }
  return (
    <Panel title="Wnioski, z których się wyłączasz">
      <List>
        {data.map((one) => (
          <List.Item key={one.id}>
            <Group gap="xs">
              <Text span>
                {one.title}, {formatDateTime(one.declared_at)}
              </Text>
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={`Wycofaj wyłączenie: ${one.title}`}
                onClick={() => setChosen(one)}
              >
                To pomyłka, wycofaj
              </Button>
            </Group>
          </List.Item>
        ))}
      </List>
      {chosen && <TakingBack conflict={chosen} onClose={() => setChosen(null)} />}
    </Panel>
  );
}

function TakingBack({ conflict, onClose }: { conflict: Schemas["ConflictOut"]; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const take = api.useMutation("post", "/api/v1/procedures/conflicts/{id}/take_back/", {
    meta: { refreshes: ["/api/v1/procedures/", "/api/v1/applications/"] },
    onSuccess: () => {
      notifyDone("Wycofano wyłączenie. Możesz oceniać ten wniosek.");
      onClose();
    },
  });
  return (
    <ConfirmDialog
      isOpen
      title={`Wycofać wyłączenie: ${conflict.title}?`}
      confirmLabel="Wycofaj wyłączenie"
      isReady={reason.trim() !== ""}
      isWorking={take.isPending}
      error={take.error}
      onConfirm={() => take.mutate({ params: { path: { id: conflict.id } }, body: { reason } })}
      onClose={onClose}
    >
      <Text>Znów zobaczysz ten wniosek i go ocenisz. W historii sprawy zostanie i wyłączenie, i jego wycofanie.</Text>
      <Textarea
        label="Dlaczego"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={400}
        mt="sm"
        required
      />
    </ConfirmDialog>
  );
}
