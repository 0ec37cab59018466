import { Alert, Button, Radio, Stack, Text, TextInput } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { useNavigate } from "react-router";
import { api, bodyOf, http } from "@/api/client";
import { SESSION_PATH } from "@/api/session";
import type { Letter } from "@/app/letter";
import { errorOf } from "@/ui/fieldErrors";
import { NewPasswordField } from "@/ui/NewPasswordField";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { TextLink } from "@/ui/TextLink";

/** The first password of somebody invited, or a new one; the person is signed in with it at once. */
export function SetPassword({ token, letter }: { token: string; letter: Letter }) {
  const [password, setPassword] = useState("");
  const [hasLost, setHasLost] = useState(false);
  const [code, setCode] = useState("");
  const cache = useQueryClient();
  const navigate = useNavigate();
  const set = useMutation({
    mutationFn: async () => {
      await http.POST("/api/v1/accounts/password/", {
        body: { token, password, has_lost_factor: hasLost, code: hasLost ? code.replace(/\s/g, "") : "" },
      });
      return bodyOf(await http.POST(SESSION_PATH, { body: { email: letter.email, password } }));
    },
    onSuccess: (session) => {
      cache.clear(); // whoever was signed in here before is not any more
      cache.setQueryData(api.queryOptions("get", SESSION_PATH, {}).queryKey, session);
      if (!session.person && hasLost) {
        return; // the page says what happens now
      }
      return navigate(session.person ? "/" : "/sign-in", { replace: true });
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    set.mutate();
  };

  if (set.data && !set.data.person && hasLost) {
    return (
      <Stack>
        <Alert
          color="success"
          icon={<IconMail aria-hidden />}
          title="Hasło ustawione, zgłoszenie wysłane"
          role="status"
        >
          O drugim składniku zdecyduje osoba, która prowadzi konta w Twoim mieście. Może do Ciebie zadzwonić, żeby się
          upewnić, że to Ty. List o decyzji przyjdzie na {letter.email}; potem zalogujesz się nowym hasłem.
        </Alert>
        <TextLink to="/sign-in">Przejdź do logowania</TextLink>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text>
          {letter.kind === "invitation"
            ? `Dzień dobry, ${letter.name}. Ustaw hasło, którym będziesz się logować razem z adresem ${letter.email}.`
            : `Ustaw nowe hasło do konta ${letter.email}. Wszystkie otwarte sesje tego konta się skończą.`}
        </Text>
        <ProblemAlert
          title="Nie ustawiono hasła"
          error={errorOf(set.error, "password") || errorOf(set.error, "code") ? null : set.error}
        />
        {/* For the browser's own keeper of passwords. */}
        <input type="email" autoComplete="username" value={letter.email} readOnly hidden />
        <NewPasswordField value={password} onChange={setPassword} error={errorOf(set.error, "password")} />
        {letter.factors.length > 0 && (
          <Radio.Group
            label="Twój drugi składnik"
            description="Telefon z aplikacją albo klucz, o który pytamy po haśle."
            value={hasLost ? "lost" : "kept"}
            onChange={(value) => setHasLost(value === "lost")}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="kept" label="Mam go. Podam go przy logowaniu." />
              <Radio value="lost" label="Nie mam już dostępu do tego urządzenia albo dodał je ktoś obcy." />
            </Stack>
          </Radio.Group>
        )}
        {hasLost && letter.takes_recovery_code && (
          <TextInput
            id="code"
            label="Kod zapasowy, jeśli go masz"
            description="Z kodem usuniemy stary składnik od razu. Bez kodu zdecyduje osoba, która prowadzi konta."
            autoComplete="off"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={errorOf(set.error, "code")}
          />
        )}
        {hasLost && !letter.takes_recovery_code && (
          <Text size="sm">O drugim składniku zdecyduje osoba, która prowadzi konta w Twoim mieście.</Text>
        )}
        <Button type="submit" size="md" loading={set.isPending}>
          {hasLost && code === "" ? "Ustaw hasło i wyślij zgłoszenie" : "Ustaw hasło i zaloguj się"}
        </Button>
      </Stack>
    </form>
  );
}
