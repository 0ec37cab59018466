import { Checkbox, Stack, TextInput } from "@mantine/core";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { ChoiceField } from "@/ui/ChoiceField";
import { EditForm } from "@/ui/EditForm";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";

const LABELS = { procedure: "Procedura", title: "Tytuł naboru", year: "Rok budżetowy", is_test: "Nabór próbny" };

/** A call begins with its procedure and title; everything else is filled in on its own page. */
export function CallNew() {
  const navigate = useNavigate();
  const procedures = api.useQuery("get", "/api/v1/procedures/procedures/", { params: { query: { page_size: 500 } } });
  const create = api.useMutation("post", "/api/v1/applications/calls/", {
    onSuccess: async ({ id }) => {
      await navigate(`/applications/calls/${id}/edit`);
    },
  });
  const form = useEdit({
    begin: { procedure: null as string | null, title: "", year: String(new Date().getFullYear()), is_test: false },
    labels: LABELS,
    saving: [create],
  });
  const published = procedures.data?.results.filter(({ is_published, is_archived }) => is_published && !is_archived);

  return (
    <>
      <PageHeader title="Nowy nabór" back={{ to: "/applications/calls", label: "Nabory" }} />
      <EditForm
        form={form}
        refused="Nie założono naboru"
        maw={READING}
        save="Dalej"
        cancel="/applications/calls"
        onSave={({ procedure, title, year, is_test }) =>
          create.mutate({ body: { procedure: procedure ?? "", title: title.trim(), year: Number(year), is_test } })
        }
      >
        <Panel title="Nabór">
          <Stack>
            <ChoiceField
              {...form.choice("procedure")}
              description="Według niej wnioski są składane, oceniane i rozliczane. Ma już swój formularz."
              choices={(published ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              isRequired
            />
            <TextInput
              {...form.input("title")}
              description="Na przykład „Bydgoskie Granty Oświatowe 2027”."
              maxLength={200}
              required
            />
            <TextInput {...form.input("year")} inputMode="numeric" maw="10rem" required />
            <Checkbox
              {...form.check("is_test")}
              label="Nabór próbny"
              description="Widzą go tylko osoby, które prowadzą nabory; nikt nie dostanie o nim wiadomości."
            />
          </Stack>
        </Panel>
      </EditForm>
    </>
  );
}
