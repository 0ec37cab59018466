import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { api, type Schemas } from "@/api/client";
import { DayField } from "@/ui/DayField";
import { EditForm } from "@/ui/EditForm";
import { notifyDone } from "@/ui/notify";
import { useEdit } from "@/ui/useEdit";

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
  const change = api.useMutation("patch", "/api/v1/accounts/assignments/{id}/", {
    onSuccess: () => {
      close();
      notifyDone("Zapisano daty roli.");
    },
  });
  const { valid_from, valid_to, version } = assignment;
  const form = useEdit({ begin: { valid_from, valid_to }, version, labels: LABELS, saving: [change] });

  return (
    <EditForm
      form={form}
      refused="Nie zapisano dat"
      save="Zapisz"
      cancel={close}
      onSave={(body, header) => change.mutate({ params: { path: { id: assignment.id }, header }, body })}
    >
      <DayField {...form.choice("valid_from")} description="Puste: od zawsze." />
      <DayField {...form.choice("valid_to")} description="Puste: bezterminowo." />
    </EditForm>
  );
}
