import { Button, Stack, Text, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { api } from "@/api/client";
import { hasPasskeys } from "@/api/passkeys";
import { SESSION_PATH, type Session } from "@/api/session";
import { KeyButton } from "@/app/KeyButton";
import { errorOf } from "@/ui/fieldErrors";
import { ProblemAlert } from "@/ui/ProblemAlert";

interface SignInSecondStepProps {
  /** What the account has: "totp", "webauthn", "recovery_codes". */
  kinds: readonly string[];
  onAnswer: (session: Session) => void;
  onRestart: () => void;
}

/** After the password: a code of the app, a recovery code, or a key. */
export function SignInSecondStep({ kinds, onAnswer, onRestart }: SignInSecondStepProps) {
  const [code, setCode] = useState("");
  const give = api.useMutation("post", "/api/v1/accounts/session/code/", {
    meta: { refreshes: [] },
    onSuccess: onAnswer,
  });
  const leave = api.useMutation("delete", SESSION_PATH, { meta: { refreshes: [] }, onSettled: onRestart });
  const hasApp = kinds.includes("totp");
  const takesCode = hasApp || kinds.includes("recovery_codes");

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    give.mutate({ body: { code: code.replace(/\s/g, "") } });
  };

  return (
    <Stack>
      <Text>Hasło się zgadza. Potwierdź jeszcze, że to Ty.</Text>
      {kinds.includes("webauthn") && hasPasskeys() && <KeyButton onAnswer={onAnswer}>Użyj klucza</KeyButton>}
      {takesCode && (
        <form onSubmit={submit} noValidate>
          <Stack>
            <ProblemAlert title="Nie udało się zalogować" error={give.error} />
            <TextInput
              label={hasApp ? "Kod z aplikacji" : "Kod zapasowy"}
              description={hasApp ? "Sześć cyfr z telefonu albo jeden z kodów zapasowych." : undefined}
              autoComplete="one-time-code"
              inputMode={hasApp ? "numeric" : "text"}
              data-autofocus
              autoFocus
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              error={errorOf(give.error, "code")}
              required
            />
            <Button type="submit" size="md" loading={give.isPending}>
              Dalej
            </Button>
          </Stack>
        </form>
      )}
      <Text size="sm" c="dimmed">
        Nie masz telefonu ani kodów? Poproś o pomoc osobę, która prowadzi konta.
      </Text>
      <Button variant="subtle" onClick={() => leave.mutate({})} loading={leave.isPending}>
        Zaloguj się na inne konto
      </Button>
    </Stack>
  );
}
