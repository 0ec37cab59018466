import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { NewPasswordField } from "@/ui/NewPasswordField";
import { notifyDone } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { useEdit } from "@/ui/useEdit";
import { CurrentPassword } from "./CurrentPassword";

const LABELS = { current: "Obecne hasło", password: "Nowe hasło" };

export function OwnPassword({ hasPassword, email }: { hasPassword: boolean; email: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Panel
      title="Hasło"
      actions={
        !isOpen && (
          <Button variant="default" onClick={() => setIsOpen(true)}>
            {hasPassword ? "Zmień hasło" : "Ustaw hasło"}
          </Button>
        )
      }
    >
      {isOpen ? (
        <PasswordForm hasPassword={hasPassword} email={email} close={() => setIsOpen(false)} />
      ) : (
        <Text c="dimmed">
          {hasPassword
            ? "Po zmianie hasła skończą się wszystkie Twoje sesje poza tą."
            : "Logujesz się bez hasła. Możesz je ustawić."}
        </Text>
      )}
    </Panel>
  );
}

function PasswordForm({ hasPassword, email, close }: { hasPassword: boolean; email: string; close: () => void }) {
  const change = api.useMutation("put", "/api/v1/accounts/account/password/", {
    onSuccess: () => {
      close();
      notifyDone("Zmieniono hasło. Inne sesje się skończyły.");
    },
  });
  const form = useEdit({ begin: { current: "", password: "" }, labels: LABELS, saving: [change] });
  const password = form.choice("password");
  return (
    <EditForm
      form={form}
      refused="Nie zmieniono hasła"
      save="Zapisz hasło"
      cancel={close}
      onSave={(body) => change.mutate({ body })}
    >
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      {hasPassword && <CurrentPassword {...form.choice("current")} />}
      <NewPasswordField value={password.value} onChange={password.onChange} error={password.error} />
    </EditForm>
  );
}
