import { Button, Group, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { type SubmitEvent, useState } from "react";
import { api, type Schemas } from "@/api/client";
import { FactList } from "@/ui/FactList";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { notifyDone } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { useRefresh } from "./accounts";

export const DETAILS = { first_name: "Imię", last_name: "Nazwisko", phone: "Telefon" } as const;

type Name = keyof typeof DETAILS;
export type Details = Record<Name, string>;

/** The data of an account, and the form that changes them in place. */
export function PersonDetails({ account }: { account: Schemas["AccountDetailOut"] }) {
  const refresh = useRefresh();
  const change = api.useMutation("patch", "/api/v1/accounts/people/{id}/", {
    onSuccess: async () => {
      await refresh();
      notifyDone("Zapisano dane osoby.");
    },
  });
  return (
    <DetailsPanel
      title="Dane"
      details={account}
      email={account.email}
      mayChange={account.can.includes("change")}
      isSaving={change.isPending}
      error={change.error}
      forgetError={change.reset}
      save={(details) => change.mutateAsync({ params: { path: { id: account.id } }, body: details })}
    />
  );
}

interface DetailsPanelProps {
  title: string;
  details: Details;
  email: string;
  mayChange: boolean;
  isSaving: boolean;
  error: unknown;
  forgetError: () => void;
  save: (details: Details) => Promise<unknown>;
}

export function DetailsPanel(props: DetailsPanelProps) {
  const { title, details, email, mayChange, isSaving, error, forgetError, save } = props;
  const [changes, setChanges] = useState<Partial<Details> | null>(null);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { first_name, last_name, phone } = { ...details, ...changes };
    save({ first_name: first_name.trim(), last_name: last_name.trim(), phone: phone.trim() }).then(
      () => setChanges(null),
      () => undefined, // told above the form
    );
  };

  if (changes === null) {
    return (
      <Panel
        title={title}
        actions={
          mayChange && (
            <Button
              variant="default"
              leftSection={<IconPencil size={18} aria-hidden />}
              onClick={() => {
                forgetError();
                setChanges({});
              }}
            >
              Zmień dane
            </Button>
          )
        }
      >
        <FactList
          facts={[
            [DETAILS.first_name, details.first_name],
            [DETAILS.last_name, details.last_name],
            ["Adres e-mail", email],
            [DETAILS.phone, details.phone],
          ]}
        />
      </Panel>
    );
  }
  return (
    <Panel title={title}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormErrorSummary error={error} labels={DETAILS} />
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            {(Object.keys(DETAILS) as Name[]).map((name) => (
              <TextInput
                key={name}
                id={name}
                label={DETAILS[name]}
                type={name === "phone" ? "tel" : "text"}
                value={changes[name] ?? details[name]}
                onChange={(event) => setChanges({ ...changes, [name]: event.currentTarget.value })}
                error={errorOf(error, name)}
                required={name !== "phone"}
                data-autofocus={name === "first_name" ? true : undefined}
              />
            ))}
          </SimpleGrid>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setChanges(null)}>
              Anuluj
            </Button>
            <Button type="submit" loading={isSaving}>
              Zapisz
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
