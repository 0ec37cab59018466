import { Alert, Button, Stack, Text, TextInput } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { type SubmitEvent, useState } from "react";
import { api } from "@/api/client";
import { Door } from "@/app/Door";
import { errorOf } from "@/ui/fieldErrors";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { TextLink } from "@/ui/TextLink";

/** Asks for a letter with a link to a new password; the answer is the same for every address. */
export function ForgottenPassword() {
  const [email, setEmail] = useState("");
  const ask = api.useMutation("post", "/api/v1/accounts/password/forgotten/", { meta: { refreshes: [] } });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    ask.mutate({ body: { email: email.trim() } });
  };
  return (
    <Door title="Nowe hasło">
      <Stack>
        {ask.isSuccess ? (
          <Alert color="success" icon={<IconMail aria-hidden />} title="Sprawdź pocztę" role="status">
            Jeśli konto z adresem {email.trim()} istnieje, wysłaliśmy na nie odnośnik do ustawienia hasła. List może iść
            kilka minut; zajrzyj też do spamu.
          </Alert>
        ) : (
          <form onSubmit={submit} noValidate>
            <Stack>
              <Text>Podaj adres, którym się logujesz. Wyślemy na niego odnośnik do ustawienia nowego hasła.</Text>
              <ProblemAlert title="Nie wysłano odnośnika" error={ask.error} />
              <TextInput
                label="Adres e-mail"
                type="email"
                autoComplete="username"
                value={email}
                onChange={(event) => setEmail(event.currentTarget.value)}
                error={errorOf(ask.error, "email")}
                required
              />
              <Button type="submit" size="md" loading={ask.isPending}>
                Wyślij odnośnik
              </Button>
            </Stack>
          </form>
        )}
        <TextLink to="/sign-in" size="sm">
          Wróć do logowania
        </TextLink>
      </Stack>
    </Door>
  );
}
