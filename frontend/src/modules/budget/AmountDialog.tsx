import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { api } from "@/api/client";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { notifyDone } from "@/ui/notify";
import { FitNote } from "./FitNote";
import { MoneyField } from "./MoneyField";
import { type Pot, useRefreshBudget } from "./nouns";

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
  const [amount, setAmount] = useState(pot.figures.planned);
  const [reason, setReason] = useState("");
  const refresh = useRefreshBudget();
  const change = api.useMutation("post", "/api/v1/budget/pots/{id}/amount/", {
    onSuccess: async () => {
      onClose();
      notifyDone("Zmieniono kwotę puli.");
      await refresh();
    },
  });
  const more = Number(amount) - Number(pot.figures.planned);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    change.mutate({ params: { path: { id: pot.id } }, body: { amount, reason: reason.trim() } });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormErrorSummary error={change.error} labels={LABELS} title="Nie zmieniono kwoty" />
        <MoneyField
          id="amount"
          label={LABELS.amount}
          help="Różnica zostanie zapisana w puli. Kwota nie może być niższa niż to, co już rozdysponowano."
          value={amount}
          onChange={setAmount}
          error={errorOf(change.error, "amount")}
        />
        {pot.parent && more > 0 && <FitNote potId={pot.parent.id} amount={more.toFixed(2)} />}
        <Textarea
          id="reason"
          label={LABELS.reason}
          description="Na przykład numer uchwały albo zarządzenia."
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={errorOf(change.error, "reason")}
          autosize
          minRows={2}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Anuluj
          </Button>
          <Button type="submit" loading={change.isPending}>
            Zapisz
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
