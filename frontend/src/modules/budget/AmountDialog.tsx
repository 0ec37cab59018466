import { Modal, Textarea } from "@mantine/core";
import { api } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { notifyDone } from "@/ui/notify";
import { useEdit } from "@/ui/useEdit";
import { FitNote } from "./FitNote";
import { MoneyField } from "./MoneyField";
import type { Pot } from "./nouns";

const LABELS = { amount: "Nowa kwota", reason: "Powód" };

/** Changing how much there is: the difference becomes an entry of the ledger. */
export function AmountDialog({ pot, isOpen, onClose }: { pot: Pot; isOpen: boolean; onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Zmień kwotę: ${pot.name}`}>
      {isOpen && <AmountForm pot={pot} onClose={onClose} />}
    </Modal>
  );
}

function AmountForm({ pot, onClose }: { pot: Pot; onClose: () => void }) {
  const change = api.useMutation("post", "/api/v1/budget/pots/{id}/amount/", {
    onSuccess: () => {
      onClose();
      notifyDone("Zmieniono kwotę puli.");
    },
  });
  const form = useEdit({ begin: { amount: pot.figures.planned, reason: "" }, labels: LABELS, saving: [change] });
  const more = Number(form.fields.amount) - Number(pot.figures.planned);

  return (
    <EditForm
      form={form}
      refused="Nie zmieniono kwoty"
      save="Zapisz"
      cancel={onClose}
      onSave={({ amount, reason }) =>
        change.mutate({ params: { path: { id: pot.id } }, body: { amount, reason: reason.trim() } })
      }
    >
      <MoneyField
        {...form.choice("amount")}
        help="Różnica zostanie zapisana w puli. Kwota nie może być niższa niż to, co już rozdysponowano."
      />
      {pot.parent && more > 0 && <FitNote potId={pot.parent.id} amount={more.toFixed(2)} />}
      <Textarea
        {...form.input("reason")}
        description="Na przykład numer uchwały albo zarządzenia."
        autosize
        minRows={2}
      />
    </EditForm>
  );
}
