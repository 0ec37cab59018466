import { Button, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type SubmitEvent, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { useRefresh } from "./accounts";
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
      <Stack maw="60rem">
        <FunctionHolders fn={fn} mayChange={mayChange} />
        <FunctionActing id={fn.id} />
        {mayChange && <Naming key={fn.id} fn={fn} />}
      </Stack>
    </>
  );
}

function Naming({ fn }: { fn: Fn }) {
  const [name, setName] = useState(fn.name);
  const [description, setDescription] = useState(fn.description);
  const refresh = useRefresh();
  const change = api.useMutation("patch", "/api/v1/accounts/functions/{id}/", {
    onSuccess: () => {
      void refresh();
      notifyDone("Zapisano funkcję.");
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    change.mutate({ params: { path: { id: fn.id } }, body: { name: name.trim(), description: description.trim() } });
  };
  return (
    <Panel title="Nazwa i opis">
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormErrorSummary error={change.error} labels={LABELS} title="Nie zapisano funkcji" />
          <TextInput
            id="name"
            label={LABELS.name}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={errorOf(change.error, "name")}
            required
          />
          <Textarea
            id="description"
            label={LABELS.description}
            autosize
            minRows={1}
            maxLength={300}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
            error={errorOf(change.error, "description")}
          />
          <Group justify="space-between">
            <Text size="sm" c="dimmed">
              Kod: {fn.code}
            </Text>
            <Button type="submit" variant="default" loading={change.isPending}>
              Zapisz
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

function Removal({ fn }: { fn: Fn }) {
  const [isAsked, question] = useDisclosure(false);
  const navigate = useNavigate();
  const refresh = useRefresh();
  const remove = api.useMutation("delete", "/api/v1/accounts/functions/{id}/", {
    onSuccess: async () => {
      await navigate("/accounts/functions");
      void refresh();
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
