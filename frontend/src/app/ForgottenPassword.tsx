import { Alert, Stack, Text, TextInput } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { api } from "@/api/client";
import { Door } from "@/app/Door";
import { EditForm } from "@/ui/EditForm";
import { TextLink } from "@/ui/TextLink";
import { useEdit } from "@/ui/useEdit";

/** Asks for a letter with a link to a new password; the answer is the same for every address. */
export function ForgottenPassword() {
  const ask = api.useMutation("post", "/api/v1/accounts/password/forgotten/", { meta: { refreshes: [] } });
  const form = useEdit({ begin: { email: "" }, labels: { email: "Adres e-mail" }, saving: [ask], isFleeting: true });
  return (
    <Door title="Nowe hasło">
      <Stack>
        {ask.isSuccess ? (
          <Alert color="success" icon={<IconMail aria-hidden />} title="Sprawdź pocztę" role="status">
            Jeśli konto z adresem {form.fields.email.trim()} istnieje, wysłaliśmy na nie odnośnik do ustawienia hasła.
            List może iść kilka minut; zajrzyj też do spamu.
          </Alert>
        ) : (
          <EditForm
            form={form}
            refused="Nie wysłano odnośnika"
            save="Wyślij odnośnik"
            press={{ size: "md" }}
            isWide
            onSave={({ email }) => ask.mutate({ body: { email: email.trim() } })}
          >
            <Text>Podaj adres, którym się logujesz. Wyślemy na niego odnośnik do ustawienia nowego hasła.</Text>
            <TextInput {...form.input("email")} type="email" autoComplete="username" required />
          </EditForm>
        )}
        <TextLink to="/sign-in" size="sm">
          Wróć do logowania
        </TextLink>
      </Stack>
    </Door>
  );
}
