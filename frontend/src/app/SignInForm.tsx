import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { api } from "@/api/client";
import { SESSION_PATH, type Session } from "@/api/session";
import { errorOf } from "@/ui/fieldErrors";
import { ProblemAlert } from "@/ui/ProblemAlert";

interface SignInFormProps {
  /** The address of the person whose session ended; they only give the password again. */
  email?: string;
  onSignedIn: (session: Session) => void;
}

export function SignInForm({ email: known = "", onSignedIn }: SignInFormProps) {
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  const cache = useQueryClient();
  const signIn = api.useMutation("post", SESSION_PATH, {
    onSuccess: (session) => {
      cache.setQueryData(api.queryOptions("get", SESSION_PATH, {}).queryKey, session);
      onSignedIn(session);
    },
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    signIn.mutate({ body: { email: email.trim(), password } });
  };

  return (
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
  );
}
