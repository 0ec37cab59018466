import { Divider, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { api } from "@/api/client";
import { hasPasskeys } from "@/api/passkeys";
import { SESSION_PATH, type Session } from "@/api/session";
import { KeyButton } from "@/app/KeyButton";
import { SignInSecondStep } from "@/app/SignInSecondStep";
import { EditForm } from "@/ui/EditForm";
import { useEdit } from "@/ui/useEdit";

interface SignInFormProps {
  /** The address of the person whose session ended; they only give the password again. */
  email?: string;
  /** The kinds of second factor that a sign-in begun earlier still waits for. */
  waitsFor?: readonly string[];
  onSignedIn: (session: Session) => void;
  /** Right under the password: the way for those who have forgotten it. */
  help?: ReactNode;
  /** The city's own ways in. */
  ways?: ReactNode;
  /** What stands at the end of the first step. */
  children?: ReactNode;
}

/** Signing in: e-mail and password, and the second factor where the account has one; or a passkey alone. */
export function SignInForm({ email: known = "", waitsFor = [], onSignedIn, help, ways, children }: SignInFormProps) {
  const [waits, setWaits] = useState(waitsFor);
  const cache = useQueryClient();

  const accept = (session: Session) => {
    if (session.person === null) {
      setWaits(session.second_factor);
      return;
    }
    cache.setQueryData(api.queryOptions("get", SESSION_PATH, {}).queryKey, session);
    onSignedIn(session);
  };
  const signIn = api.useMutation("post", SESSION_PATH, { meta: { refreshes: [] }, onSuccess: accept });
  const form = useEdit({
    begin: { email: known, password: "" },
    labels: { email: "Adres e-mail", password: "Hasło" },
    saving: [signIn],
    isFleeting: true,
  });

  if (waits.length > 0) {
    return (
      <SignInSecondStep
        kinds={waits}
        onAnswer={accept}
        onRestart={() => {
          form.set({ password: "" });
          setWaits([]);
        }}
      />
    );
  }

  return (
    <Stack>
      <EditForm
        form={form}
        refused="Nie udało się zalogować"
        save="Zaloguj się"
        press={{ size: "md" }}
        isWide
        onSave={({ email, password }) => signIn.mutate({ body: { email: email.trim(), password } })}
      >
        <TextInput {...form.input("email")} type="email" autoComplete="username" required />
        <PasswordInput
          {...form.input("password")}
          data-autofocus={known ? true : undefined}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ "aria-label": "Pokaż lub ukryj hasło", tabIndex: 0, "aria-hidden": false }}
          required
        />
      </EditForm>
      {help}
      <Divider label="albo" />
      {ways}
      {hasPasskeys() && <KeyButton onAnswer={accept}>Zaloguj się kluczem</KeyButton>}
      {children}
    </Stack>
  );
}
