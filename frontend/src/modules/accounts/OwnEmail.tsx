import { Alert, Button, Stack, Text, TextInput } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { Panel } from "@/ui/Panel";
import { useEdit } from "@/ui/useEdit";
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
  const change = api.useMutation("put", "/api/v1/accounts/account/email/", {
    onSuccess: (_, { body }) => onAsked(body.email),
  });
  const form = useEdit({ begin: { email: "", email_current: "" }, labels: LABELS, saving: [change] });
  return (
    <EditForm
      form={form}
      refused="Nie zmieniono adresu"
      save="Wyślij odnośnik"
      cancel={close}
      onSave={({ email, email_current }) => change.mutate({ body: { current: email_current, email: email.trim() } })}
    >
      <TextInput {...form.input("email")} type="email" autoComplete="email" required />
      {hasPassword && <CurrentPassword {...form.choice("email_current", "current")} />}
    </EditForm>
  );
}
