import { Button, Checkbox, Group, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { api } from "@/api/client";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { notifyDone } from "@/ui/notify";
import { useRefresh } from "./accounts";
import { codeFrom } from "./FunctionEdit";
import type { Provider } from "./ProviderList";

const LABELS = {
  name: "Nazwa na przycisku",
  code: "Kod",
  server_url: "Adres serwera",
  client_id: "Identyfikator klienta",
  secret: "Sekret klienta",
};

const HINTS: Record<string, string> = {
  name: "Na przykład „Urząd Miasta”.",
  server_url: "Początek adresu, pod którym jest /.well-known/openid-configuration.",
};

type Name = "name" | "server_url" | "client_id";

/** What an identity provider is reached by; the secret goes in and never comes back. */
export function ProviderForm({ provider, close }: { provider?: Provider; close: () => void }) {
  const [fields, setFields] = useState({
    name: provider?.name ?? "",
    server_url: provider?.server_url ?? "",
    client_id: provider?.client_id ?? "",
    secret: "",
    trusts_addresses: provider?.trusts_addresses ?? false,
  });
  const refresh = useRefresh();
  const onSuccess = () => {
    close();
    void refresh();
    notifyDone("Zapisano sposób logowania.");
  };
  const add = api.useMutation("post", "/api/v1/accounts/providers/", { onSuccess });
  const change = api.useMutation("patch", "/api/v1/accounts/providers/{id}/", { onSuccess });
  const error = add.error ?? change.error;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { secret, ...plain } = fields;
    if (provider) {
      const params = { path: { id: String(provider.id) } };
      change.mutate({ params, body: { ...plain, ...(secret && { secret }) } });
    } else {
      add.mutate({ body: { ...fields, code: codeFrom(fields.name) } });
    }
  };

  const field = (name: Name) => (
    <TextInput
      id={name}
      label={LABELS[name]}
      description={HINTS[name]}
      value={fields[name]}
      onChange={(event) => setFields({ ...fields, [name]: event.currentTarget.value })}
      error={errorOf(error, name)}
      required
    />
  );

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormErrorSummary error={error} labels={LABELS} title="Nie zapisano sposobu logowania" />
        {!provider && (
          <Text>
            Dane te wydaje informatyk, który prowadzi logowanie urzędu. Po zapisaniu zobaczysz adres powrotu: trzeba mu
            go podać.
          </Text>
        )}
        {field("name")}
        {field("server_url")}
        {field("client_id")}
        <PasswordInput
          id="secret"
          label={LABELS.secret}
          description={provider ? "Puste: zostaje dotychczasowy." : undefined}
          autoComplete="off"
          value={fields.secret}
          onChange={(event) => setFields({ ...fields, secret: event.currentTarget.value })}
          error={errorOf(error, "secret")}
          visibilityToggleButtonProps={{ "aria-label": "Pokaż lub ukryj sekret", tabIndex: 0, "aria-hidden": false }}
        />
        <Checkbox
          label="Ufaj adresom e-mail tego dostawcy"
          description="Zaznacz tylko wtedy, gdy adresy nadaje sam urząd, a dostawca nie oznacza ich jako sprawdzonych."
          checked={fields.trusts_addresses}
          onChange={(event) => setFields({ ...fields, trusts_addresses: event.currentTarget.checked })}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Anuluj
          </Button>
          <Button type="submit" loading={add.isPending || change.isPending}>
            Zapisz
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
