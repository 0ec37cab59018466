import { Checkbox, PasswordInput, Text, TextInput } from "@mantine/core";
import { api, type Seen } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { notifyDone } from "@/ui/notify";
import { useEdit } from "@/ui/useEdit";
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

/** What an identity provider is reached by; the secret goes in and never comes back. */
export function ProviderForm({ provider, close }: { provider?: Provider; close: () => void }) {
  const onSuccess = () => {
    close();
    notifyDone("Zapisano sposób logowania.");
  };
  const add = api.useMutation("post", "/api/v1/accounts/providers/", { onSuccess });
  const change = api.useMutation("patch", "/api/v1/accounts/providers/{id}/", { onSuccess });
  const form = useEdit({
    begin: {
      name: provider?.name ?? "",
      server_url: provider?.server_url ?? "",
      client_id: provider?.client_id ?? "",
      secret: "",
      trusts_addresses: provider?.trusts_addresses ?? false,
    },
    version: provider?.version,
    labels: LABELS,
    saving: [add, change],
  });

  const save = (fields: typeof form.fields, header: Seen) => {
    const { secret, ...plain } = fields;
    if (provider) {
      const params = { path: { id: String(provider.id) }, header };
      change.mutate({ params, body: { ...plain, ...(secret && { secret }) } });
    } else {
      add.mutate({ body: { ...fields, code: codeFrom(fields.name) } });
    }
  };

  return (
    <EditForm form={form} refused="Nie zapisano sposobu logowania" save="Zapisz" cancel={close} onSave={save}>
      {!provider && (
        <Text>
          Dane te wydaje informatyk, który prowadzi logowanie urzędu. Po zapisaniu zobaczysz adres powrotu: trzeba mu go
          podać.
        </Text>
      )}
      {(["name", "server_url", "client_id"] as const).map((name) => (
        <TextInput key={name} {...form.input(name)} description={HINTS[name]} required />
      ))}
      <PasswordInput
        {...form.input("secret")}
        description={provider ? "Puste: zostaje dotychczasowy." : undefined}
        autoComplete="off"
        visibilityToggleButtonProps={{ "aria-label": "Pokaż lub ukryj sekret", tabIndex: 0, "aria-hidden": false }}
      />
      <Checkbox
        label="Ufaj adresom e-mail tego dostawcy"
        description="Zaznacz tylko wtedy, gdy adresy nadaje sam urząd, a dostawca nie oznacza ich jako sprawdzonych."
        {...form.check("trusts_addresses")}
      />
    </EditForm>
  );
}
