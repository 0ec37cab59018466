import { Alert, Button, Stack, Text, TextInput } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { Panel } from "@/ui/Panel";
import { useEdit } from "@/ui/useEdit";

const LABELS = { email: "Nowy adres e-mail" };

export function OwnEmail({ email }: { email: string }) {
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
  close: () => void;
  onAsked: (address: string) => void;
}

function EmailForm({ close, onAsked }: EmailFormProps) {
  const change = api.useMutation("put", "/api/v1/accounts/account/email/", {
    onSuccess: (_, { body }) => onAsked(body.email),
  });
  const form = useEdit({ begin: { email: "" }, labels: LABELS, saving: [change] });
  return (
    <EditForm
      form={form}
      refused="Nie zmieniono adresu"
      save="Wyślij odnośnik"
      cancel={close}
      onSave={({ email }) => change.mutate({ body: { email: email.trim() } })}
    >
      <TextInput {...form.input("email")} type="email" autoComplete="email" required />
    </EditForm>
  );
}
