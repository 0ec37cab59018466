import { Alert, Button, CopyButton, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconCheck, IconCopy, IconKey } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { DayField } from "@/ui/DayField";
import { EditForm } from "@/ui/EditForm";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { useEdit } from "@/ui/useEdit";
import { fromWarsaw } from "@/ui/warsawTime";
import { READING } from "@/ui/widths";
import { PermissionChooser } from "./PermissionChooser";
import classes from "./TotpSetup.module.css";

const LABELS = { name: "Nazwa", expires_at: "Działa do (włącznie)", permissions: "Co wolno programowi" };
const BACK = { to: "/accounts/tokens", label: "Klucze API" };

/** A new key for a program; its secret is shown once, here. */
export function TokenNew() {
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <>
      <PageHeader title="Nowy klucz API" back={BACK} />
      <Stack maw={READING}>{secret === null ? <TokenForm onMade={setSecret} /> : <Secret secret={secret} />}</Stack>
    </>
  );
}

function Secret({ secret }: { secret: string }) {
  return (
    <Alert color="caution" icon={<IconKey aria-hidden />} title="Skopiuj klucz teraz" role="status">
      <Stack gap="sm">
        <Text>Widzisz go tylko raz. Wklej go do programu, który ma go używać; nie wysyłaj go pocztą.</Text>
        <code className={classes.key}>{secret}</code>
        <Group gap="xs">
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
                onClick={copy}
              >
                {copied ? "Skopiowano" : "Kopiuj"}
              </Button>
            )}
          </CopyButton>
          <ButtonLink to={BACK.to}>Mam go zapisany</ButtonLink>
        </Group>
      </Stack>
    </Alert>
  );
}

function TokenForm({ onMade }: { onMade: (secret: string) => void }) {
  const { person, may } = useSession();
  const { data: catalogue } = api.useSuspenseQuery("get", "/api/v1/accounts/permissions/", {}, { staleTime: 300_000 });
  const make = api.useMutation("post", "/api/v1/accounts/tokens/", {
    onSuccess: ({ secret }) => {
      form.forget();
      onMade(secret);
    },
  });
  const form = useEdit({
    begin: { name: "", expires_at: null as string | null, permissions: [] as string[] },
    labels: LABELS,
    saving: [make],
    keptAs: `${person?.id}.token`,
  });
  const own = catalogue
    .map((group) => ({ ...group, permissions: group.permissions.filter(({ name }) => may(name)) }))
    .filter(({ permissions }) => permissions.length > 0);

  return (
    <EditForm
      form={form}
      refused="Nie utworzono klucza"
      save="Utwórz klucz"
      cancel={BACK.to}
      onSave={({ name, expires_at: day, permissions }) =>
        make.mutate({ body: { name: name.trim(), permissions, expires_at: day ? fromWarsaw(day, "23:59") : "" } })
      }
    >
      <Panel title="Klucz">
        <Stack>
          <TextInput
            {...form.input("name")}
            description="Do czego służy, na przykład „eksport do hurtowni danych”."
            maxLength={100}
            required
          />
          <DayField {...form.choice("expires_at")} description="Najdalej za rok." isRequired />
        </Stack>
      </Panel>
      <Panel title={LABELS.permissions}>
        <div id="permissions" tabIndex={-1}>
          <PermissionChooser
            groups={own}
            value={form.fields.permissions}
            onChange={(permissions) => form.set({ permissions })}
            isReadOnly={false}
          />
        </div>
      </Panel>
    </EditForm>
  );
}
