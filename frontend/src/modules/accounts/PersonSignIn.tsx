import { Alert, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconShieldQuestion } from "@tabler/icons-react";
import { api, type Schemas } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EditForm } from "@/ui/EditForm";
import { FactList } from "@/ui/FactList";
import { formatDateTime } from "@/ui/format";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { useEdit } from "@/ui/useEdit";
import { PersonRecovery } from "./PersonRecovery";

type Account = Schemas["AccountDetailOut"];

const FACTORS: Record<string, string> = { totp: "aplikacja z kodami", webauthn: "klucz" };

const lastSignIn = ({ last_login }: Account) => (last_login ? formatDateTime(last_login) : "jeszcze się nie logowano");

function factorOf({ factors, newest_factor_at, must_enrol }: Account) {
  const kinds = (factors ?? []).map((kind) => FACTORS[kind] ?? kind).join(", ");
  if (kinds && newest_factor_at) {
    return `${kinds} (ostatnio dodano ${formatDateTime(newest_factor_at)})`;
  }
  return kinds || (must_enrol ? "jeszcze nieustawiony, choć rola go wymaga" : "nieustawiony");
}

function letterOf({ last_login, has_second_factor }: Account) {
  if (has_second_factor === null) {
    return "Wyślij odnośnik do ustawienia hasła";
  }
  return last_login ? "Wyślij odnośnik do nowego hasła" : "Wyślij zaproszenie ponownie";
}

/** How the person gets in: a new letter, another address, a lost telephone. A unit's head helps without being told. */
export function PersonSignIn({ account }: { account: Account }) {
  const invite = api.useMutation("post", "/api/v1/accounts/people/{id}/invite/", {
    onSuccess: () => {
      notifyDone(`Odnośnik do ustawienia hasła jest w drodze na adres ${account.email}.`);
    },
    onError: notifyRefused,
  });
  const mayHelp = account.can.includes("change") && account.is_active;
  const mayRecover = account.can.includes("recover");
  const mayPropose = account.can.includes("propose_recovery");
  const isWhole = account.has_second_factor !== null;
  if (!isWhole && !mayHelp && !mayPropose) {
    return null;
  }
  return (
    <Panel title="Logowanie">
      <Stack>
        {isWhole && (
          <FactList
            facts={[
              ["Ostatnie logowanie", lastSignIn(account)],
              ["Drugi składnik", factorOf(account)],
            ]}
          />
        )}
        {(mayRecover || mayPropose) && account.lost_factor_at && (
          <FactorLoss account={account} since={account.lost_factor_at} mayRefuse={mayRecover} />
        )}
        {(mayHelp || mayPropose) && (
          <Group gap="xs">
            {mayHelp && (
              <Button
                variant="default"
                loading={invite.isPending}
                onClick={() => invite.mutate({ params: { path: { id: account.id } } })}
              >
                {letterOf(account)}
              </Button>
            )}
            {mayRecover && <EmailChange account={account} />}
            {mayRecover && account.has_second_factor !== false && <FactorReset account={account} />}
            {mayPropose && <PersonRecovery account={account} />}
          </Group>
        )}
        {mayPropose && (
          <Text size="sm" c="dimmed">
            Ta osoba ma uprawnienia, których nie masz, więc na zmianę jej logowania zgadza się druga osoba.
          </Text>
        )}
      </Stack>
    </Panel>
  );
}

function EmailChange({ account }: { account: Account }) {
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        Zmień adres e-mail
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={`Nowy adres e-mail: ${account.name}`}>
        {isOpen && <EmailForm account={account} close={dialog.close} />}
      </Modal>
    </>
  );
}

function EmailForm({ account, close }: { account: Account; close: () => void }) {
  const change = api.useMutation("post", "/api/v1/accounts/people/{id}/change-email/", {
    onSuccess: (_, { body }) => {
      close();
      notifyDone(`Odnośnik potwierdzający jest w drodze na adres ${body.email}.`);
    },
  });
  const form = useEdit({ begin: { email: "" }, labels: { email: "Nowy adres e-mail" }, saving: [change] });
  return (
    <EditForm
      form={form}
      refused="Nie zmieniono adresu"
      save="Wyślij odnośnik"
      cancel={close}
      onSave={({ email }) => change.mutate({ params: { path: { id: account.id } }, body: { email: email.trim() } })}
    >
      <Text>Na nowy adres pójdzie odnośnik. Dopóki nikt go nie otworzy, do logowania służy {account.email}.</Text>
      <TextInput {...form.input("email")} type="email" autoComplete="off" data-autofocus required />
    </EditForm>
  );
}

/** Somebody with the person's mailbox says that the second factor is lost, or not the person's; the mailbox proves no more. */
function FactorLoss({ account, since, mayRefuse }: { account: Account; since: string; mayRefuse: boolean }) {
  const refuse = api.useMutation("post", "/api/v1/accounts/people/{id}/refuse-factor-loss/", {
    onSuccess: () => {
      notifyDone("Odrzucono zgłoszenie. Drugi składnik zostaje.");
    },
    onError: notifyRefused,
  });
  return (
    <Alert color="caution" icon={<IconShieldQuestion aria-hidden />} title="Zgłoszono utratę drugiego składnika">
      <Stack gap="sm">
        <Text>
          {formatDateTime(since)}, przy ustawianiu nowego hasła przez odnośnik z listu. Kto ma dostęp do skrzynki, nie
          musi być tą osobą: zadzwoń do niej na znany numer albo spotkaj się z nią. Jeśli to ona, usuń drugi składnik;
          zniknie też ten, który mógł dodać ktoś obcy.
        </Text>
        {mayRefuse && (
          <Group gap="xs">
            <Button
              variant="default"
              loading={refuse.isPending}
              onClick={() => refuse.mutate({ params: { path: { id: account.id } } })}
            >
              Odrzuć zgłoszenie
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}

function FactorReset({ account }: { account: Account }) {
  const [isAsked, question] = useDisclosure(false);
  const reset = api.useMutation("post", "/api/v1/accounts/people/{id}/reset-factors/", {
    onSuccess: () => {
      question.close();
      notifyDone("Usunięto drugi składnik i zakończono sesje tej osoby.");
    },
  });
  return (
    <>
      <Button variant="default" onClick={question.open}>
        Usuń drugi składnik
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        title={`Usunąć drugi składnik: ${account.name}?`}
        confirmLabel="Usuń drugi składnik"
        isDangerous
        isWorking={reset.isPending}
        error={reset.error}
        onConfirm={() => reset.mutate({ params: { path: { id: account.id } } })}
        onClose={question.close}
      >
        Zrób to, gdy ta osoba straciła telefon i kody zapasowe, a Ty masz pewność, że prosi o to ona sama. Przestaną
        działać jej kody i klucze, a wszystkie jej sesje skończą się od razu. Jeśli jej rola wymaga drugiego składnika,
        ustawi nowy przy najbliższym logowaniu.
      </ConfirmDialog>
    </>
  );
}
