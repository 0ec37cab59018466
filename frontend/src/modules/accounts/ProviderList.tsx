import { Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { api, type Schemas } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/EmptyState";
import { FactList } from "@/ui/FactList";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { StatusBadge } from "@/ui/StatusBadge";
import { READING } from "@/ui/widths";
import { MotionList } from "./MotionList";
import { ProviderForm } from "./ProviderForm";
import { SignInRules } from "./SignInRules";

export type Provider = Schemas["ProviderOut"];

/** The city's own ways to sign in: what its identity provider must be told, and what it has told. */
export function ProviderList() {
  const [isNew, setIsNew] = useState(false);
  const { data: providers } = api.useSuspenseQuery("get", "/api/v1/accounts/providers/", {
    params: { query: { page_size: 100, ordering: "name" } },
  });
  const add = <Button onClick={() => setIsNew(true)}>Dodaj sposób logowania</Button>;

  return (
    <>
      <PageHeader
        title="Sposoby logowania"
        description="Każdy może logować się hasłem OPIUM. Tutaj podłączysz logowanie urzędu (OpenID Connect): osoby, które mają tu konto, wejdą tym samym hasłem co do innych systemów."
        actions={!isNew && providers.results.length > 0 && add}
      />
      <Stack maw={READING}>
        <MotionList kind="provider" />
        {isNew && (
          <Panel title="Nowy sposób logowania">
            <ProviderForm close={() => setIsNew(false)} />
          </Panel>
        )}
        {!isNew && providers.results.length === 0 && (
          <EmptyState title="Wszyscy logują się hasłem OPIUM" action={add}>
            Jeśli urząd ma własne logowanie, na przykład Microsoft Entra albo Keycloak, podłącz je tutaj razem z
            informatykiem.
          </EmptyState>
        )}
        {providers.results.map((provider) => (
          <ProviderPanel key={provider.id} provider={provider} />
        ))}
        <SignInRules />
      </Stack>
    </>
  );
}

function ProviderPanel({ provider }: { provider: Provider }) {
  const [isChanged, setIsChanged] = useState(false);
  return (
    <Panel
      title={provider.name}
      actions={
        !isChanged && (
          <Group gap="xs">
            <Button variant="default" onClick={() => setIsChanged(true)}>
              Zmień
            </Button>
            <Removal provider={provider} />
          </Group>
        )
      }
    >
      {isChanged ? (
        <ProviderForm provider={provider} close={() => setIsChanged(false)} />
      ) : (
        <Stack>
          {provider.waits && (
            <Text size="sm">
              <StatusBadge tone="warning">czeka na drugą osobę</StatusBadge> Nikt się nim jeszcze nie zaloguje. Jeśli
              nikt o to teraz nie pyta, zapisz ustawienia ponownie.
            </Text>
          )}
          <FactList
            facts={[
              ["Adres serwera", provider.server_url],
              ["Identyfikator klienta", provider.client_id],
              ["Ufamy jego adresom e-mail", provider.trusts_addresses ? "tak" : "nie"],
              ["Adres powrotu", `${window.location.origin}${provider.callback_path}`],
            ]}
          />
          <Text size="sm" c="dimmed">
            Adres powrotu trzeba wpisać w ustawieniach dostawcy.
          </Text>
        </Stack>
      )}
    </Panel>
  );
}

function Removal({ provider }: { provider: Provider }) {
  const [isAsked, question] = useDisclosure(false);
  const remove = api.useMutation("delete", "/api/v1/accounts/providers/{id}/", {
    onSuccess: () => {
      question.close();
      notifyDone("Usunięto sposób logowania.");
    },
  });
  return (
    <>
      <Button variant="default" onClick={question.open}>
        Usuń
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        title={`Usunąć logowanie przez „${provider.name}”?`}
        confirmLabel="Usuń"
        isDangerous
        isWorking={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { path: { id: String(provider.id) } } })}
        onClose={question.close}
      >
        Przycisk zniknie ze strony logowania. Kto nie ma hasła OPIUM, ustawi je, wybierając „Nie pamiętam hasła”.
      </ConfirmDialog>
    </>
  );
}
