import { Button, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { useNavigate } from "react-router";
import { api, bodyOf, http } from "@/api/client";
import { SESSION_PATH } from "@/api/session";
import type { Letter } from "@/app/letter";
import { errorOf } from "@/ui/fieldErrors";
import { NewPasswordField } from "@/ui/NewPasswordField";
import { ProblemAlert } from "@/ui/ProblemAlert";

/** The first password of somebody invited, or a new one; the person is signed in with it at once. */
export function SetPassword({ token, letter }: { token: string; letter: Letter }) {
  const [password, setPassword] = useState("");
  const cache = useQueryClient();
  const navigate = useNavigate();
  const set = useMutation({
    mutationFn: async () => {
      await http.POST("/api/v1/accounts/password/", { body: { token, password } });
      return bodyOf(await http.POST(SESSION_PATH, { body: { email: letter.email, password } }));
    },
    onSuccess: (session) => {
      cache.clear(); // whoever was signed in here before is not any more
      cache.setQueryData(api.queryOptions("get", SESSION_PATH, {}).queryKey, session);
      return navigate(session.person ? "/" : "/sign-in", { replace: true });
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    set.mutate();
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text>
          {letter.kind === "invitation"
            ? `Dzień dobry, ${letter.name}. Ustaw hasło, którym będziesz się logować razem z adresem ${letter.email}.`
            : `Ustaw nowe hasło do konta ${letter.email}. Wszystkie otwarte sesje tego konta się skończą.`}
        </Text>
        <ProblemAlert title="Nie ustawiono hasła" error={errorOf(set.error, "password") ? null : set.error} />
        {/* For the browser's own keeper of passwords. */}
        <input type="email" autoComplete="username" value={letter.email} readOnly hidden />
        <NewPasswordField value={password} onChange={setPassword} error={errorOf(set.error, "password")} />
        <Button type="submit" size="md" loading={set.isPending}>
          Ustaw hasło i zaloguj się
        </Button>
      </Stack>
    </form>
  );
}
