import { Button, Divider, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, type SubmitEvent, useState } from "react";
import { api } from "@/api/client";
import { hasPasskeys } from "@/api/passkeys";
import { SESSION_PATH, type Session } from "@/api/session";
import { KeyButton } from "@/app/KeyButton";
import { SignInSecondStep } from "@/app/SignInSecondStep";
import { errorOf } from "@/ui/fieldErrors";
import { ProblemAlert } from "@/ui/ProblemAlert";

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
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
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

  if (waits.length > 0) {
    return (
      <SignInSecondStep
        kinds={waits}
        onAnswer={accept}
        onRestart={() => {
          setPassword("");
          setWaits([]);
        }}
      />
    );
  }

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    signIn.mutate({ body: { email: email.trim(), password } });
  };

  return (
    <Stack>
      <form onSubmit={submit} noValidate>
        <Stack>
          <ProblemAlert title="Nie udało się zalogować" error={signIn.error} />
          <TextInput
            label="Adres e-mail"
            type="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={errorOf(signIn.error, "email")}
            required
          />
          <PasswordInput
            label="Hasło"
            data-autofocus={known ? true : undefined}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={errorOf(signIn.error, "password")}
            visibilityToggleButtonProps={{ "aria-label": "Pokaż lub ukryj hasło", tabIndex: 0, "aria-hidden": false }}
            required
          />
          <Button type="submit" size="md" loading={signIn.isPending}>
            Zaloguj się
          </Button>
        </Stack>
      </form>
      {help}
      <Divider label="albo" />
      {ways}
      {hasPasskeys() && <KeyButton onAnswer={accept}>Zaloguj się kluczem</KeyButton>}
      {children}
    </Stack>
  );
}
