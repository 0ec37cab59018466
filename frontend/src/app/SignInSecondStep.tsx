import { Button, Stack, Text, TextInput } from "@mantine/core";
import { api } from "@/api/client";
import { hasPasskeys } from "@/api/passkeys";
import { SESSION_PATH, type Session } from "@/api/session";
import { KeyButton } from "@/app/KeyButton";
import { EditForm } from "@/ui/EditForm";
import { useEdit } from "@/ui/useEdit";

interface SignInSecondStepProps {
  /** What the account has: "totp", "webauthn", "recovery_codes". */
  kinds: readonly string[];
  onAnswer: (session: Session) => void;
  onRestart: () => void;
}

/** After the password: a code of the app, a recovery code, or a key. */
export function SignInSecondStep({ kinds, onAnswer, onRestart }: SignInSecondStepProps) {
  const give = api.useMutation("post", "/api/v1/accounts/session/code/", {
    meta: { refreshes: [] },
    onSuccess: onAnswer,
  });
  const leave = api.useMutation("delete", SESSION_PATH, { meta: { refreshes: [] }, onSettled: onRestart });
  const hasApp = kinds.includes("totp");
  const takesCode = hasApp || kinds.includes("recovery_codes");

  const form = useEdit({
    begin: { code: "" },
    labels: { code: hasApp ? "Kod z aplikacji" : "Kod zapasowy" },
    saving: [give],
    isFleeting: true,
  });

  return (
    <Stack>
      <Text>Hasło się zgadza. Potwierdź jeszcze, że to Ty.</Text>
      {kinds.includes("webauthn") && hasPasskeys() && <KeyButton onAnswer={onAnswer}>Użyj klucza</KeyButton>}
      {takesCode && (
        <EditForm
          form={form}
          refused="Nie udało się zalogować"
          save="Dalej"
          press={{ size: "md" }}
          isWide
          onSave={({ code }) => give.mutate({ body: { code: code.replace(/\s/g, "") } })}
        >
          <TextInput
            {...form.input("code")}
            description={hasApp ? "Sześć cyfr z telefonu albo jeden z kodów zapasowych." : undefined}
            autoComplete="one-time-code"
            inputMode={hasApp ? "numeric" : "text"}
            data-autofocus
            autoFocus
            required
          />
        </EditForm>
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
