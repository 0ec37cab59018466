import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { type SubmitEvent, useState } from "react";
import { api } from "@/api/client";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { Panel } from "@/ui/Panel";
import { CurrentPassword } from "./CurrentPassword";

const LABELS = { email: "Nowy adres e-mail", email_current: "Obecne hasło" };

export function OwnEmail({ email, hasPassword }: { email: string; hasPassword: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  const [asked, setAsked] = useState<string | null>(null);
  return (
    <Panel
      title="Adres e-mail"
      actions={
        !isOpen && (
          <Button variant="default" onClick={() => setIsOpen(true)}>
            Zmień adres
          </Button>
        )
      }
    >
      <Stack>
        {asked && (
          <Alert color="success" icon={<IconMail aria-hidden />} title="Potwierdź nowy adres" role="status">
            Na adres {asked} wysłaliśmy odnośnik. Dopóki go nie otworzysz, logujesz się adresem {email}.
          </Alert>
        )}
        {isOpen ? (
          <EmailForm
            hasPassword={hasPassword}
            close={() => setIsOpen(false)}
            onAsked={(address) => {
              setAsked(address);
              setIsOpen(false);
            }}
          />
        ) : (
          <Text c="dimmed">Logujesz się adresem {email}. Na niego przychodzą też powiadomienia.</Text>
        )}
      </Stack>
    </Panel>
  );
}

interface EmailFormProps {
  hasPassword: boolean;
  close: () => void;
  onAsked: (address: string) => void;
}

function EmailForm({ hasPassword, close, onAsked }: EmailFormProps) {
  const [email, setEmail] = useState("");
  const [current, setCurrent] = useState("");
  const change = api.useMutation("put", "/api/v1/accounts/account/email/", { onSuccess: () => onAsked(email.trim()) });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    change.mutate({ body: { current, email: email.trim() } });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormErrorSummary error={change.error} labels={LABELS} title="Nie zmieniono adresu" />
        <TextInput
          id="email"
          label={LABELS.email}
          type="email"
          autoComplete="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={errorOf(change.error, "email")}
          required
        />
        {hasPassword && (
          <CurrentPassword
            id="email_current"
            value={current}
            onChange={setCurrent}
            error={errorOf(change.error, "current")}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Anuluj
          </Button>
          <Button type="submit" loading={change.isPending}>
            Wyślij odnośnik
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
