import { Stack, Textarea, TextInput } from "@mantine/core";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { EditForm } from "@/ui/EditForm";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";

const LABELS = { name: "Nazwa", description: "Opis dla urzędu" };

/** Begins a form: its name first, the questions in the builder. */
export function FormNew() {
  const { person } = useSession();
  const navigate = useNavigate();
  const create = api.useMutation("post", "/api/v1/forms/forms/", {
    onSuccess: async ({ id }) => {
      form.forget();
      await navigate(`/forms/forms/${id}`);
    },
  });
  const form = useEdit({
    begin: { name: "", description: "" },
    labels: LABELS,
    saving: [create],
    keptAs: `${person?.id}.form`,
  });

  return (
    <>
      <PageHeader title="Nowy formularz" back={{ to: "/forms/forms", label: "Formularze" }} />
      <EditForm
        form={form}
        refused="Nie utworzono formularza"
        maw={READING}
        save="Dalej: pytania"
        cancel="/forms/forms"
        onSave={({ name, description }) =>
          create.mutate({ body: { name: name.trim(), description: description.trim() } })
        }
      >
        <Panel title="Formularz">
          <Stack>
            <TextInput {...form.input("name")} description="np. Wniosek o grant oświatowy" required />
            <Textarea {...form.input("description")} autosize minRows={2} />
          </Stack>
        </Panel>
      </EditForm>
    </>
  );
}
