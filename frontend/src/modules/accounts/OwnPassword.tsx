import { Button, Group, Stack, Text } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { api } from "@/api/client";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { NewPasswordField } from "@/ui/NewPasswordField";
import { notifyDone } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { useRefresh } from "./accounts";
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
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const refresh = useRefresh();
  const change = api.useMutation("put", "/api/v1/accounts/account/password/", {
    onSuccess: () => {
      close();
      void refresh();
      notifyDone("Zmieniono hasło. Inne sesje się skończyły.");
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    change.mutate({ body: { current, password } });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormErrorSummary error={change.error} labels={LABELS} title="Nie zmieniono hasła" />
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        {hasPassword && (
          <CurrentPassword
            id="current"
            value={current}
            onChange={setCurrent}
            error={errorOf(change.error, "current")}
          />
        )}
        <NewPasswordField value={password} onChange={setPassword} error={errorOf(change.error, "password")} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Anuluj
          </Button>
          <Button type="submit" loading={change.isPending}>
            Zapisz hasło
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
