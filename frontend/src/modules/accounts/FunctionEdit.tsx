import { Stack, Textarea, TextInput } from "@mantine/core";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { EditForm } from "@/ui/EditForm";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { folded } from "@/ui/polish";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";

const LABELS = { name: "Nazwa", code: "Kod", description: "Opis" };

/** "Zatwierdza wnioski" -> "zatwierdza-wnioski", as the API takes codes. */
export const codeFrom = (name: string): string =>
  folded(name)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);

export function FunctionNew() {
  const { person } = useSession();
  const navigate = useNavigate();
  const create = api.useMutation("post", "/api/v1/accounts/functions/", {
    onSuccess: async ({ id }) => {
      form.forget();
      await navigate(`/accounts/functions/${id}`);
      notifyDone("Utworzono funkcję. Wskaż, kto ją pełni.");
    },
  });
  const form = useEdit({
    begin: { name: "", code: "", description: "" },
    labels: LABELS,
    saving: [create],
    keptAs: `${person?.id}.function`,
  });

  return (
    <>
      <PageHeader title="Nowa funkcja" back={{ to: "/accounts/functions", label: "Funkcje" }} />
      <EditForm
        form={form}
        refused="Nie utworzono funkcji"
        maw={READING}
        save="Utwórz funkcję"
        cancel="/accounts/functions"
        onSave={({ name, code, description }) =>
          create.mutate({
            body: { name: name.trim(), code: code || codeFrom(name), description: description.trim() },
          })
        }
      >
        <Panel title="Funkcja">
          <Stack>
            <TextInput {...form.input("name")} required />
            <TextInput
              {...form.input("code")}
              description="Krótka nazwa dla procedur; później się nie zmienia. Pusty: powstanie z nazwy."
              placeholder={codeFrom(form.fields.name)}
            />
            <Textarea {...form.input("description")} autosize minRows={2} maxLength={300} />
          </Stack>
        </Panel>
      </EditForm>
    </>
  );
}
