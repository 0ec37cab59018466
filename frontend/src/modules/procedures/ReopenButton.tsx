import { Button, Text, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { api } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { notifyDone } from "@/ui/notify";
import type { CaseDetails } from "./nouns";
import { AFTER_A_STEP, useNewestCase } from "./useNewestCase";

/** Opens a scoring that was closed too early; the scores stay, and members may change theirs. */
export function ReopenButton({ matter }: { matter: CaseDetails }) {
  const [isAsked, question] = useDisclosure(false);
  const [reason, setReason] = useState("");
  const showNewest = useNewestCase(matter.id);
  const reopen = api.useMutation("post", "/api/v1/procedures/cases/{id}/reopen_scoring/", {
    meta: AFTER_A_STEP,
    onSuccess: (next) => {
      question.close();
      showNewest(next);
      notifyDone("Ocena jest znów otwarta.");
    },
  });
  return (
    <>
      <Button variant="default" onClick={question.open}>
        Otwórz ocenę ponownie
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        title="Otworzyć ocenę ponownie?"
        confirmLabel="Otwórz ocenę"
        isReady={reason.trim() !== ""}
        isWorking={reopen.isPending}
        error={reopen.error}
        onConfirm={() =>
          reopen.mutate({ params: { path: { id: matter.id } }, body: { reason, version: matter.version } })
        }
        onClose={question.close}
      >
        <Text>Oddane oceny zostają. Każdy członek może zmienić swoją, a potem trzeba zamknąć ocenę od nowa.</Text>
        <Textarea
          label="Powód"
          description="Zostanie w historii sprawy."
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={4000}
          mt="sm"
          required
        />
      </ConfirmDialog>
    </>
  );
}
