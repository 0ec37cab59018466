import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { api, type Schemas } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { notifyDone } from "@/ui/notify";

interface FactorRemovalProps {
  factor: Schemas["FactorOut"];
  isLast: boolean;
}

export function FactorRemoval({ factor, isLast }: FactorRemovalProps) {
  const [isAsked, question] = useDisclosure(false);
  const remove = api.useMutation("delete", "/api/v1/accounts/account/factors/{id}/", {
    onSuccess: () => {
      question.close();
      notifyDone("Usunięto drugi składnik.");
    },
  });
  const name = factor.kind === "totp" ? "aplikację z kodami" : `klucz „${factor.name}”`;
  return (
    <>
      <Button variant="subtle" color="danger" size="compact-sm" aria-label={`Usuń ${name}`} onClick={question.open}>
        Usuń
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        title={`Usunąć ${name}?`}
        confirmLabel="Usuń"
        isDangerous
        isWorking={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { path: { id: factor.id } } })}
        onClose={question.close}
      >
        {isLast
          ? "To ostatni składnik: od tej chwili do logowania wystarczy hasło, a kody zapasowe przestaną działać."
          : "Przy logowaniu nie będzie już można go użyć."}
      </ConfirmDialog>
    </>
  );
}

export function RecoveryRenewal({ onCodes }: { onCodes: (codes: readonly string[]) => void }) {
  const [isAsked, question] = useDisclosure(false);
  const renew = api.useMutation("post", "/api/v1/accounts/account/recovery-codes/", {
    onSuccess: ({ recovery_codes }) => {
      question.close();
      onCodes(recovery_codes);
    },
  });
  return (
    <>
      <Button variant="subtle" size="compact-sm" onClick={question.open}>
        Utwórz nowe kody
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        title="Utworzyć nowe kody zapasowe?"
        confirmLabel="Utwórz kody"
        isWorking={renew.isPending}
        error={renew.error}
        onConfirm={() => renew.mutate({})}
        onClose={question.close}
      >
        Wcześniejsze kody przestaną działać.
      </ConfirmDialog>
    </>
  );
}
