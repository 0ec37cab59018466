import { Button, SimpleGrid, TextInput } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { api, type Schemas, type Seen } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { FactList } from "@/ui/FactList";
import { notifyDone } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { type Saving, useEdit } from "@/ui/useEdit";

export const DETAILS = { first_name: "Imię", last_name: "Nazwisko", phone: "Telefon" } as const;

type Name = keyof typeof DETAILS;
/** A unit's head is not told the telephone (null). */
export type Details = Record<Exclude<Name, "phone">, string> & { phone: string | null };
export type Changed = Record<Exclude<Name, "phone">, string> & { phone?: string };

/** The data of an account, and the form that changes them in place. */
export function PersonDetails({ account }: { account: Schemas["AccountDetailOut"] }) {
  const change = api.useMutation("patch", "/api/v1/accounts/people/{id}/", {
    onSuccess: () => {
      notifyDone("Zapisano dane osoby.");
    },
  });
  return (
    <DetailsPanel
      title="Dane"
      details={account}
      version={account.version}
      email={account.email}
      mayChange={account.can.includes("change")}
      saving={change}
      save={(body, header) => change.mutateAsync({ params: { path: { id: account.id }, header }, body })}
    />
  );
}

interface DetailsPanelProps {
  title: string;
  details: Details;
  version: string;
  email: string;
  mayChange: boolean;
  saving: Saving & { reset: () => void };
  save: (details: Changed, seen: Seen) => Promise<unknown>;
}

export function DetailsPanel({ title, details, version, email, mayChange, saving, save }: DetailsPanelProps) {
  const [isOpen, setIsOpen] = useState(false);
  if (isOpen) {
    return (
      <Panel title={title}>
        <DetailsForm details={details} version={version} saving={saving} save={save} close={() => setIsOpen(false)} />
      </Panel>
    );
  }
  return (
    <Panel
      title={title}
      actions={
        mayChange && (
          <Button
            variant="default"
            leftSection={<IconPencil size={18} aria-hidden />}
            onClick={() => {
              saving.reset();
              setIsOpen(true);
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
          ...(details.phone === null ? [] : [[DETAILS.phone, details.phone] as const]),
        ]}
      />
    </Panel>
  );
}

interface DetailsFormProps extends Pick<DetailsPanelProps, "details" | "version" | "saving" | "save"> {
  close: () => void;
}

function DetailsForm({ details, version, saving, save, close }: DetailsFormProps) {
  const { first_name, last_name, phone } = details;
  const begin: Changed = { first_name, last_name, ...(phone !== null && { phone }) };
  const form = useEdit({ begin, version, labels: DETAILS, saving: [saving] });
  return (
    <EditForm
      form={form}
      save="Zapisz"
      cancel={close}
      onSave={(fields, seen) =>
        save(
          {
            first_name: fields.first_name.trim(),
            last_name: fields.last_name.trim(),
            ...(fields.phone !== undefined && { phone: fields.phone.trim() }),
          },
          seen,
        ).then(close, () => undefined /* told above the form */)
      }
    >
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        {(Object.keys(begin) as Name[]).map((name) => (
          <TextInput
            key={name}
            {...form.input(name)}
            value={form.fields[name] ?? ""}
            type={name === "phone" ? "tel" : "text"}
            required={name !== "phone"}
            data-autofocus={name === "first_name" ? true : undefined}
          />
        ))}
      </SimpleGrid>
    </EditForm>
  );
}
