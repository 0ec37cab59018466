import { Button, Group, Modal, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type SubmitEvent, useState } from "react";
import { api, type Schemas } from "@/api/client";
import { DayField } from "@/ui/DayField";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { notifyDone } from "@/ui/notify";
import { useRefresh } from "./accounts";

const LABELS = { valid_from: "Działa od", valid_to: "Działa do (włącznie)" };

/** From when and until when a role counts, changed over the list that shows it. */
export function AssignmentDays({ assignment }: { assignment: Schemas["AssignmentOut"] }) {
  const [isOpen, dialog] = useDisclosure(false);
  const title = `Daty roli „${assignment.role.name}”: ${assignment.person.name}`;
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-label={`Zmień daty: ${describe(assignment)}`}
        onClick={dialog.open}
      >
        Zmień daty
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={title}>
        <DaysForm assignment={assignment} close={dialog.close} />
      </Modal>
    </>
  );
}

/** "Referent, całe miasto, Jan Kowalski": which assignment a button is for. */
export const describe = ({ role, scope, person }: Schemas["AssignmentOut"]): string =>
  `${role.name}, ${scope.name}, ${person.name}`;

function DaysForm({ assignment, close }: { assignment: Schemas["AssignmentOut"]; close: () => void }) {
  const [from, setFrom] = useState(assignment.valid_from);
  const [to, setTo] = useState(assignment.valid_to);
  const refresh = useRefresh();
  const change = api.useMutation("patch", "/api/v1/accounts/assignments/{id}/", {
    onSuccess: () => {
      close();
      void refresh();
      notifyDone("Zapisano daty roli.");
    },
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    change.mutate({ params: { path: { id: assignment.id } }, body: { valid_from: from, valid_to: to } });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormErrorSummary error={change.error} labels={LABELS} title="Nie zapisano dat" />
        <DayField
          id="valid_from"
          label={LABELS.valid_from}
          description="Puste: od zawsze."
          value={from}
          onChange={setFrom}
          error={errorOf(change.error, "valid_from")}
        />
        <DayField
          id="valid_to"
          label={LABELS.valid_to}
          description="Puste: bezterminowo."
          value={to}
          onChange={setTo}
          error={errorOf(change.error, "valid_to")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
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
