import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, type SubmitEvent, useState } from "react";
import { api, type Schemas } from "@/api/client";
import { errorOf } from "@/ui/fieldErrors";
import { notifyDone } from "@/ui/notify";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { CurrentPassword } from "./CurrentPassword";

interface PasswordDialogProps {
  title: string;
  children: ReactNode;
  confirmLabel: string;
  hasPassword: boolean;
  isWorking: boolean;
  error: unknown;
  onConfirm: (current: string) => void;
  close: () => void;
}

/** A question that the password answers. */
function PasswordDialog(props: PasswordDialogProps) {
  const { title, children, confirmLabel, hasPassword, isWorking, error, onConfirm, close } = props;
  const [current, setCurrent] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onConfirm(current);
  };
  return (
    <Modal opened onClose={close} title={title}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text>{children}</Text>
          <ProblemAlert error={errorOf(error, "current") ? null : error} />
          {hasPassword && (
            <CurrentPassword
              id="dialog_current"
              value={current}
              onChange={setCurrent}
              error={errorOf(error, "current")}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Anuluj
            </Button>
            <Button type="submit" loading={isWorking}>
              {confirmLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface FactorRemovalProps {
  factor: Schemas["FactorOut"];
  isLast: boolean;
  hasPassword: boolean;
}

export function FactorRemoval({ factor, isLast, hasPassword }: FactorRemovalProps) {
  const [isAsked, question] = useDisclosure(false);
  const remove = api.useMutation("post", "/api/v1/accounts/account/factors/{id}/remove/", {
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
      {isAsked && (
        <PasswordDialog
          title={`Usunąć ${name}?`}
          confirmLabel="Usuń"
          hasPassword={hasPassword}
          isWorking={remove.isPending}
          error={remove.error}
          onConfirm={(current) => remove.mutate({ params: { path: { id: factor.id } }, body: { current } })}
          close={question.close}
        >
          {isLast
            ? "To ostatni składnik: od tej chwili do logowania wystarczy hasło, a kody zapasowe przestaną działać."
            : "Przy logowaniu nie będzie już można go użyć."}
        </PasswordDialog>
      )}
    </>
  );
}

interface RecoveryRenewalProps {
  hasPassword: boolean;
  onCodes: (codes: readonly string[]) => void;
}

export function RecoveryRenewal({ hasPassword, onCodes }: RecoveryRenewalProps) {
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
      {isAsked && (
        <PasswordDialog
          title="Utworzyć nowe kody zapasowe?"
          confirmLabel="Utwórz kody"
          hasPassword={hasPassword}
          isWorking={renew.isPending}
          error={renew.error}
          onConfirm={(current) => renew.mutate({ body: { current } })}
          close={question.close}
        >
          Wcześniejsze kody przestaną działać.
        </PasswordDialog>
      )}
    </>
  );
}
