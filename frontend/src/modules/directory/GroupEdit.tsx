import { Button, Stack, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useNavigate, useParams } from "react-router";
import { api, type Schemas, type Seen } from "@/api/client";
import { useSession } from "@/api/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EditForm } from "@/ui/EditForm";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { type ChosenPerson, PeoplePicker } from "@/ui/PeoplePicker";
import { UnitPicker } from "@/ui/UnitPicker";
import { type Saving, useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";
import { WriteTo } from "./WriteTo";

const GROUPS = "/api/v1/directory/groups/";
const LIST = "/directory/groups";
const LABELS = { name: "Nazwa", description: "Opis", units: "Jednostki", people: "Osoby" };

type GroupBody = Required<Schemas["GroupInRequest"]>;

/** What both the new and the old group do once they are saved: the lists are read again, and the person is back on the list. */
function useReturnToList() {
  const navigate = useNavigate();
  return async (message: string) => {
    await navigate(LIST);
    notifyDone(message);
  };
}

/** Everybody in the group, also those whose names this person may not see: saving must not drop them. */
function namedPeople(ids: readonly string[], known: readonly ChosenPerson[]): ChosenPerson[] {
  const names = new Map(known.map(({ id, name }) => [id, name]));
  return ids.map((id) => ({ id, name: names.get(id) ?? "Osoba spoza widocznych jednostek" }));
}

export function GroupNew() {
  const leave = useReturnToList();
  const create = api.useMutation("post", GROUPS, { onSuccess: () => leave("Utworzono grupę.") });
  return (
    <>
      <PageHeader title="Nowa grupa" back={{ to: LIST, label: "Grupy" }} />
      <GroupForm
        initial={{ name: "", units: [] }}
        initialPeople={[]}
        saving={create}
        save={(body) => create.mutate({ body })}
      />
    </>
  );
}

export function GroupEdit() {
  const { id = "" } = useParams();
  const { may } = useSession();
  const params = { path: { id } };
  const leave = useReturnToList();
  const { data: group } = api.useSuspenseQuery("get", "/api/v1/directory/groups/{id}/", { params });
  const { data: people } = api.useSuspenseQuery("get", "/api/v1/directory/people/", {
    params: { query: { group: id, page_size: 500 } },
  });
  const change = api.useMutation("patch", "/api/v1/directory/groups/{id}/", {
    onSuccess: () => leave("Zapisano grupę."),
  });
  const remove = api.useMutation("delete", "/api/v1/directory/groups/{id}/", {
    onSuccess: () => leave("Usunięto grupę."),
  });
  const [isAsked, question] = useDisclosure(false);
  const mayChange = may("directory.change_groups");

  return (
    <>
      <PageHeader
        title={group.name}
        description={mayChange ? undefined : group.description}
        back={{ to: LIST, label: "Grupy" }}
        actions={<WriteTo what={`group=${group.id}`}>Napisz do grupy</WriteTo>}
      />
      <GroupForm
        key={group.id}
        initial={group}
        version={group.version}
        initialPeople={namedPeople(group.people, people.results)}
        saving={change}
        save={mayChange ? (body, header) => change.mutate({ params: { ...params, header }, body }) : undefined}
        actions={
          <Button variant="default" onClick={question.open}>
            Usuń grupę
          </Button>
        }
      />
      <ConfirmDialog
        isOpen={isAsked}
        title={`Usunąć grupę „${group.name}”?`}
        confirmLabel="Usuń"
        isDangerous
        isWorking={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params })}
        onClose={question.close}
      >
        Wiadomości już wysłane do tej grupy zostają bez zmian. Samej grupy nie da się przywrócić.
      </ConfirmDialog>
    </>
  );
}

interface GroupFormProps {
  initial: Pick<GroupBody, "name" | "units"> & { description?: string };
  initialPeople: readonly ChosenPerson[];
  saving: Saving;
  /** Absent for people who may only look. */
  save: ((group: GroupBody, seen: Seen) => void) | undefined;
  version?: string;
  actions?: ReactNode;
}

function GroupForm({ initial, version, initialPeople, saving, save, actions }: GroupFormProps) {
  const form = useEdit({
    begin: {
      name: initial.name,
      description: initial.description ?? "",
      units: initial.units as readonly string[],
      people: initialPeople,
    },
    version,
    labels: LABELS,
    saving: [saving],
  });
  const units = form.choice("units");

  return (
    <EditForm
      form={form}
      maw={READING}
      save={save ? "Zapisz" : null}
      cancel={LIST}
      end={actions}
      onSave={({ name, description, units, people }, seen) =>
        save?.(
          {
            name: name.trim(),
            description: description.trim(),
            units: [...units],
            people: people.map(({ id }) => id),
          },
          seen,
        )
      }
    >
      <Panel title="Nazwa i opis">
        <Stack>
          <TextInput {...form.input("name")} readOnly={!save} required />
          <Textarea {...form.input("description")} autosize minRows={2} readOnly={!save} />
        </Stack>
      </Panel>
      <Panel title="Jednostki">
        <UnitPicker label="Jednostki w grupie" value={units.value} onChange={units.onChange} error={units.error} />
      </Panel>
      <Panel title="Osoby">
        <PeoplePicker label="Osoby w grupie" value={form.fields.people} onChange={(people) => form.set({ people })} />
      </Panel>
    </EditForm>
  );
}
