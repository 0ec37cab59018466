import { Button, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate, useParams } from "react-router";
import { api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EditForm } from "@/ui/EditForm";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";
import { FunctionActing } from "./FunctionActing";
import { FunctionHolders } from "./FunctionHolders";

type Fn = Schemas["FunctionOut"];

const LABELS = { name: "Nazwa", description: "Opis" };

/** One function: who plays it where, and who acts today when substitutes are counted. */
export function FunctionPage() {
  const { id = "" } = useParams();
  const { may } = useSession();
  const params = { path: { id } };
  const { data: fn } = api.useSuspenseQuery("get", "/api/v1/accounts/functions/{id}/", { params });
  const mayChange = may("accounts.manage_roles");

  return (
    <>
      <PageHeader
        title={fn.name}
        description={fn.description}
        back={{ to: "/accounts/functions", label: "Funkcje" }}
        actions={mayChange && <Removal fn={fn} />}
      />
      <Stack maw={READING}>
        <FunctionHolders fn={fn} mayChange={mayChange} />
        <FunctionActing id={fn.id} />
        {mayChange && <Naming key={fn.id} fn={fn} />}
      </Stack>
    </>
  );
}

function Naming({ fn }: { fn: Fn }) {
  const change = api.useMutation("patch", "/api/v1/accounts/functions/{id}/", {
    onSuccess: () => {
      notifyDone("Zapisano funkcję.");
    },
  });
  const form = useEdit({
    begin: { name: fn.name, description: fn.description },
    version: fn.version,
    labels: LABELS,
    saving: [change],
  });
  return (
    <Panel title="Nazwa i opis">
      <EditForm
        form={form}
        refused="Nie zapisano funkcji"
        save="Zapisz"
        press={{ variant: "default" }}
        aside={
          <Text size="sm" c="dimmed">
            Kod: {fn.code}
          </Text>
        }
        onSave={({ name, description }, header) =>
          change.mutate({
            params: { path: { id: fn.id }, header },
            body: { name: name.trim(), description: description.trim() },
          })
        }
      >
        <TextInput {...form.input("name")} required />
        <Textarea {...form.input("description")} autosize minRows={1} maxLength={300} />
      </EditForm>
    </Panel>
  );
}

function Removal({ fn }: { fn: Fn }) {
  const [isAsked, question] = useDisclosure(false);
  const navigate = useNavigate();
  const remove = api.useMutation("delete", "/api/v1/accounts/functions/{id}/", {
    onSuccess: async () => {
      await navigate("/accounts/functions");
      notifyDone("Usunięto funkcję.");
    },
  });
  return (
    <>
      <Button variant="default" onClick={question.open}>
        Usuń funkcję
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        title={`Usunąć funkcję „${fn.name}”?`}
        confirmLabel="Usuń funkcję"
        isDangerous
        isWorking={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { path: { id: fn.id } } })}
        onClose={question.close}
      >
        Sprawy, które na nią czekają, nie będą miały komu przypaść. Funkcji nie da się przywrócić; można utworzyć nową.
      </ConfirmDialog>
    </>
  );
}
