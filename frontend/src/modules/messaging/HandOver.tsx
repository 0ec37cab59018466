import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowBackUp, IconUserShare } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { formatDateTime } from "@/ui/format";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { ProblemAlert } from "@/ui/ProblemAlert";
import type { Received } from "./nouns";

/** Whose matter a message of the unit is; who may answer gives it to a colleague, or takes it back. */
export function HandOver({ received }: { received: Received }) {
  const { handed, can } = received;
  const mayHand = can.includes("hand_over");
  const { person } = useSession();
  const [isOpen, dialog] = useDisclosure(false);
  const params = { path: { id: received.id } };
  const takeBack = api.useMutation("post", "/api/v1/messaging/inbox/{id}/take-back/", {
    meta: { isRereadWhenRefused: true },
    onSuccess: () => {
      notifyDone("Odebrano. Wiadomość znów czeka na wszystkich w jednostce.");
    },
    onError: notifyRefused,
  });
  if (!handed && !mayHand) {
    return null;
  }
  const isMine = handed !== null && handed.to.id === person?.id;
  return (
    <Stack gap="xs">
      {handed && (
        <Text>
          {isMine ? "Ta wiadomość jest przekazana Tobie" : `Odpowiada: ${handed.to.name}`}
          <Text span c="dimmed" size="sm">
            {" "}
            (przekazuje {handed.by.name}, {formatDateTime(handed.at)})
          </Text>
        </Text>
      )}
      {mayHand && (
        <Group gap="sm">
          <Button variant="default" leftSection={<IconUserShare size={18} aria-hidden />} onClick={dialog.open}>
            {handed ? "Przekaż komuś innemu" : "Przekaż komuś z jednostki"}
          </Button>
          {handed && (
            <Button
              variant="default"
              leftSection={<IconArrowBackUp size={18} aria-hidden />}
              loading={takeBack.isPending}
              onClick={() => takeBack.mutate({ params })}
            >
              {isMine ? "Oddaj wszystkim" : "Odbierz"}
            </Button>
          )}
        </Group>
      )}
      {isOpen && <HandOverDialog received={received} onClose={dialog.close} />}
    </Stack>
  );
}

function HandOverDialog({ received, onClose }: { received: Received; onClose: () => void }) {
  const params = { path: { id: received.id } };
  const colleagues = api.useQuery("get", "/api/v1/messaging/inbox/{id}/colleagues/", { params });
  const [chosen, setChosen] = useState<string | null>(null);
  const handOver = api.useMutation("post", "/api/v1/messaging/inbox/{id}/hand-over/", {
    onSuccess: ({ handed }) => {
      notifyDone(`Przekazano: ${handed?.to.name}.`);
      onClose();
    },
  });
  const isNobody = colleagues.data?.length === 0;
  return (
    <ConfirmDialog
      isOpen
      title="Komu przekazać tę wiadomość?"
      confirmLabel="Przekaż"
      isWorking={handOver.isPending}
      isReady={chosen !== null}
      error={handOver.error}
      onConfirm={() => chosen && handOver.mutate({ params, body: { person: chosen } })}
      onClose={onClose}
    >
      <Stack>
        <ProblemAlert error={colleagues.error} retry={() => void colleagues.refetch()} />
        {isNobody ? (
          <Text>
            Nikt poza Tobą nie może odpowiadać w imieniu jednostki. Poproś administratora miasta, żeby nadał to
            uprawnienie osobie, której chcesz przekazywać wiadomości.
          </Text>
        ) : (
          <Select
            label="Osoba z jednostki"
            placeholder="Wybierz"
            data={(colleagues.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={chosen}
            onChange={setChosen}
            comboboxProps={{ withinPortal: true }}
          />
        )}
        <Text size="sm" c="dimmed">
          Ta osoba dostanie powiadomienie i zobaczy wiadomość w „Co na mnie czeka”. Wszyscy w jednostce widzą, kto
          odpowiada. Gdy odpowie, dowiesz się o tym; do tego czasu możesz wiadomość odebrać.
        </Text>
      </Stack>
    </ConfirmDialog>
  );
}
