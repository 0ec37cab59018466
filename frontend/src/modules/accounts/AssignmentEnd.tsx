import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { api, type Schemas } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { notifyDone } from "@/ui/notify";
import { describe } from "./AssignmentDays";

/** Takes a role away at once, after a question. */
export function AssignmentEnd({ assignment }: { assignment: Schemas["AssignmentOut"] }) {
  const [isAsked, question] = useDisclosure(false);
  const end = api.useMutation("delete", "/api/v1/accounts/assignments/{id}/", {
    onSuccess: () => {
      question.close();
      notifyDone("Odebrano rolę.");
    },
  });
  const { role, scope, person } = assignment;
  return (
    <>
      <Button
        variant="subtle"
        color="danger"
        size="compact-sm"
        aria-label={`Odbierz: ${describe(assignment)}`}
        onClick={question.open}
      >
        Odbierz
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        title={`Odebrać rolę „${role.name}”?`}
        confirmLabel="Odbierz rolę"
        isDangerous
        isWorking={end.isPending}
        error={end.error}
        onConfirm={() => end.mutate({ params: { path: { id: assignment.id } } })}
        onClose={question.close}
      >
        Uprawnienia z tej roli ({person.name}, {scope.name}) przestaną działać od następnego kliknięcia, chyba że daje
        je także inna rola. Rolę można nadać ponownie.
      </ConfirmDialog>
    </>
  );
}
