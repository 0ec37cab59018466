import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { api, type Schemas, type Seen } from "@/api/client";
import { useSession } from "@/api/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EditForm } from "@/ui/EditForm";
import { errorOf } from "@/ui/fieldErrors";
import type { Choice } from "@/ui/filling/definition";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";
import { ChoicesEditor } from "./ChoicesEditor";
import { keyed, keyFrom } from "./draft";

const LABELS = { name: "Nazwa", key: "Klucz", entries: "Pozycje" };
const BACK = { to: "/forms/dictionaries", label: "Słowniki" };

export function DictionaryNew() {
  return <Editor dictionary={null} />;
}

export function DictionaryEdit() {
  const { id = "" } = useParams();
  const { data } = api.useSuspenseQuery("get", "/api/v1/forms/dictionaries/{id}/", { params: { path: { id } } });
  return <Editor key={id} dictionary={data} />;
}

const plain = ({ key, label }: Choice): Choice => ({ key, label });

/** A list to choose from; what is taken off it is offered no longer, and old answers keep its name. */
function Editor({ dictionary }: { dictionary: Schemas["DictionaryOut"] | null }) {
  const { may } = useSession();
  const mayChange = may("forms.manage_dictionaries");
  const known = dictionary?.entries ?? [];
  const [isDoomed, setIsDoomed] = useState(false);
  const navigate = useNavigate();

  const after = {
    onSuccess: async () => {
      await navigate(BACK.to);
      notifyDone("Zapisano słownik.");
    },
  };
  const create = api.useMutation("post", "/api/v1/forms/dictionaries/", after);
  const change = api.useMutation("patch", "/api/v1/forms/dictionaries/{id}/", after);
  const remove = api.useMutation("delete", "/api/v1/forms/dictionaries/{id}/", {
    onSuccess: async () => {
      await navigate(BACK.to);
      notifyDone("Usunięto słownik.");
    },
  });
  const form = useEdit({
    begin: {
      name: dictionary?.name ?? "",
      key: dictionary?.key ?? "",
      entries: known.filter((entry) => entry.is_active).map(plain),
    },
    version: dictionary?.version,
    labels: LABELS,
    saving: [create, change],
  });
  const { name, entries } = form.fields;
  const past = known.filter((entry) => !entries.some((one) => one.key === entry.key));

  const save = ({ key }: typeof form.fields, header: Seen) => {
    const given = entries.filter(({ label }) => label.trim()).map((entry) => ({ ...entry, is_active: true }));
    const body = { name: name.trim(), entries: [...given, ...past.map((entry) => ({ ...entry, is_active: false }))] };
    if (dictionary) {
      change.mutate({ params: { path: { id: dictionary.id }, header }, body });
    } else {
      create.mutate({ body: { ...body, key: key || keyFrom(name, new Set(), "slownik") } });
    }
  };

  return (
    <>
      <PageHeader title={dictionary ? dictionary.name : "Nowy słownik"} back={BACK} />
      <EditForm
        form={form}
        refused="Nie zapisano słownika"
        maw={READING}
        save={mayChange ? "Zapisz" : null}
        cancel={BACK.to}
        aside={
          dictionary && (
            <Button variant="subtle" color="danger" onClick={() => setIsDoomed(true)}>
              Usuń słownik
            </Button>
          )
        }
        onSave={save}
      >
        <Panel title="Słownik">
          <Stack>
            <TextInput {...form.input("name")} readOnly={!mayChange} required />
            <TextInput
              {...form.input("key")}
              description={
                dictionary
                  ? "Tak nazywają go formularze; nie zmienia się."
                  : "Puste: powstanie z nazwy. Później się nie zmienia."
              }
              placeholder={dictionary ? undefined : keyFrom(name, new Set(), "slownik")}
              readOnly={dictionary !== null}
            />
          </Stack>
        </Panel>
        <Panel title="Pozycje">
          <div id="entries" tabIndex={-1}>
            <ChoicesEditor
              label="Pozycje słownika"
              addLabel="Dodaj pozycję"
              choices={entries}
              onChange={(changed) => form.set({ entries: changed })}
              withKey={(entry, others) =>
                keyed(
                  entry,
                  [...others, ...past],
                  known.some((one) => one.key === entry.key),
                )
              }
              error={errorOf(form.error, "entries")}
            />
          </div>
          {past.length > 0 && (
            <Stack gap={4} mt="md">
              <Text size="sm" c="dimmed">
                Już nie do wyboru (dawne odpowiedzi zachowują te nazwy):
              </Text>
              <Group gap="xs">
                {past.map((entry) => (
                  <Button
                    key={entry.key}
                    variant="default"
                    size="compact-sm"
                    aria-label={`Przywróć: ${entry.label}`}
                    onClick={() => form.set({ entries: [...entries, plain(entry)] })}
                  >
                    {entry.label} – przywróć
                  </Button>
                ))}
              </Group>
            </Stack>
          )}
        </Panel>
      </EditForm>
      <ConfirmDialog
        isOpen={isDoomed}
        title={`Usunąć słownik „${dictionary?.name ?? ""}”?`}
        confirmLabel="Usuń"
        isDangerous
        isWorking={remove.isPending}
        error={remove.error}
        onConfirm={() => dictionary && remove.mutate({ params: { path: { id: dictionary.id } } })}
        onClose={() => {
          setIsDoomed(false);
          remove.reset();
        }}
      >
        Tego nie da się cofnąć. Słownika, z którego korzysta choć jeden formularz, nie można usunąć.
      </ConfirmDialog>
    </>
  );
}
