import { Button, Group, Modal, Paper, Text, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { api } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EditForm } from "@/ui/EditForm";
import { FileLinks } from "@/ui/FileLinks";
import { formatDate, formatMoney } from "@/ui/format";
import { INVOICE_KINDS, INVOICE_STATES, type Invoice } from "@/ui/invoices/words";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { StatusBadge } from "@/ui/StatusBadge";
import { useEdit } from "@/ui/useEdit";

const LABELS = { reason: "Powód zwrotu" };

/** One invoice: what it says, which lines it pays for, where it stands; and what may be done with it. */
export function InvoiceRow({ invoice }: { invoice: Invoice }) {
  const state = INVOICE_STATES[invoice.state];
  return (
    <Paper component="li" withBorder p="sm">
      <Group justify="space-between" gap="xs">
        <Text fw={600} style={{ overflowWrap: "anywhere" }}>
          {invoice.number}: {formatMoney(invoice.gross)}
        </Text>
        <StatusBadge tone={state.tone}>{state.text}</StatusBadge>
      </Group>
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {INVOICE_KINDS[invoice.kind]}
        {invoice.corrects && ` ${invoice.corrects}`} z {formatDate(invoice.issued_on)}, {invoice.seller_name} (NIP{" "}
        {invoice.seller_nip}){invoice.origin === "fa3" && ", odczytana z pliku KSeF"}
      </Text>
      <Text size="sm">{invoice.shares.map(({ name, amount }) => `${name}: ${formatMoney(amount)}`).join("; ")}</Text>
      {invoice.doubt && (
        <Text size="sm" fw={600}>
          Uwaga: {invoice.doubt}
        </Text>
      )}
      {invoice.reason && <Text size="sm">Powód zwrotu: {invoice.reason}</Text>}
      {invoice.file && (
        <FileLinks
          label={`Plik faktury ${invoice.number}`}
          files={[invoice.file]}
          addressOf={() => `/api/v1/invoices/${invoice.id}/file/`}
        />
      )}
      {invoice.can.length > 0 && (
        <Group gap="xs" mt="xs">
          {invoice.can.includes("accept") && <Accept invoice={invoice} />}
          {invoice.can.includes("return") && <Return invoice={invoice} />}
          {invoice.can.includes("withdraw") && <Withdraw invoice={invoice} />}
        </Group>
      )}
    </Paper>
  );
}

function Accept({ invoice }: { invoice: Invoice }) {
  const accept = api.useMutation("post", "/api/v1/invoices/{id}/accept/", {
    onSuccess: () => notifyDone(`Przyjęto fakturę ${invoice.number}.`),
    onError: notifyRefused,
  });
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={accept.isPending}
      aria-label={`Przyjmij fakturę ${invoice.number}`}
      onClick={() => accept.mutate({ params: { path: { id: invoice.id } } })}
    >
      Przyjmij
    </Button>
  );
}

function Return({ invoice }: { invoice: Invoice }) {
  const [isOpen, dialog] = useDisclosure(false);
  const title = `Zwróć fakturę ${invoice.number}`;
  return (
    <>
      <Button size="compact-sm" variant="default" aria-label={title} onClick={dialog.open}>
        Zwróć
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={title}>
        {isOpen && <ReturnForm invoice={invoice} onClose={dialog.close} />}
      </Modal>
    </>
  );
}

function ReturnForm({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const send = api.useMutation("post", "/api/v1/invoices/{id}/return/", {
    onSuccess: () => {
      onClose();
      notifyDone(`Zwrócono fakturę ${invoice.number}.`);
    },
  });
  const form = useEdit({ begin: { reason: "" }, labels: LABELS, saving: [send] });
  return (
    <EditForm
      form={form}
      refused="Nie zwrócono faktury"
      save="Zwróć"
      cancel={onClose}
      onSave={({ reason }) => send.mutate({ params: { path: { id: invoice.id } }, body: { reason: reason.trim() } })}
    >
      <Textarea
        {...form.input("reason")}
        description="Przeczyta go osoba, która wpisała fakturę. Może ją poprawić i dodać jeszcze raz."
        required
        autosize
        minRows={2}
        data-autofocus
      />
    </EditForm>
  );
}

function Withdraw({ invoice }: { invoice: Invoice }) {
  const [isAsked, question] = useDisclosure(false);
  const withdraw = api.useMutation("post", "/api/v1/invoices/{id}/withdraw/", {
    onSuccess: () => {
      question.close();
      notifyDone(`Wycofano fakturę ${invoice.number}.`);
    },
  });
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Wycofaj fakturę ${invoice.number}`}
        onClick={question.open}
      >
        Wycofaj
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        title={`Wycofać fakturę ${invoice.number}?`}
        confirmLabel="Wycofaj"
        isWorking={withdraw.isPending}
        error={withdraw.error}
        onConfirm={() => withdraw.mutate({ params: { path: { id: invoice.id } } })}
        onClose={question.close}
      >
        <Text>Nie będzie już częścią rozliczenia. Możesz ją potem dodać jeszcze raz.</Text>
      </ConfirmDialog>
    </>
  );
}
