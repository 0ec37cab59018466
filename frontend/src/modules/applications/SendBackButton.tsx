import { Button, Modal, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { api } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { notifyDone } from "@/ui/notify";
import { useEdit } from "@/ui/useEdit";

const LABELS = { reason: "Powód zwrotu" };

/** Taking a recommendation back down, with the reason; its money is free again. */
export function SendBackButton({ id }: { id: string }) {
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        Zwróć rekomendację
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title="Zwróć rekomendację">
        {isOpen && <SendBackForm id={id} onClose={dialog.close} />}
      </Modal>
    </>
  );
}

function SendBackForm({ id, onClose }: { id: string; onClose: () => void }) {
  const send = api.useMutation("post", "/api/v1/applications/recommendations/{id}/send_back/", {
    onSuccess: () => {
      onClose();
      notifyDone("Zwrócono rekomendację. Środki są wolne.");
    },
  });
  const form = useEdit({ begin: { reason: "" }, labels: LABELS, saving: [send] });
  return (
    <EditForm
      form={form}
      refused="Nie zwrócono"
      save="Zwróć"
      cancel={onClose}
      onSave={({ reason }) => send.mutate({ params: { path: { id } }, body: { reason: reason.trim() } })}
    >
      <Textarea {...form.input("reason")} required autosize minRows={2} data-autofocus />
    </EditForm>
  );
}
