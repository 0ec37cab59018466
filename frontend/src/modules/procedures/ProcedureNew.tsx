import { Radio, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate, useSearchParams } from "react-router";
import { api, bodyOf, http } from "@/api/client";
import { useSession } from "@/api/session";
import { ChoiceField } from "@/ui/ChoiceField";
import { EditForm } from "@/ui/EditForm";
import { FileDrop } from "@/ui/FileDrop";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { useEdit } from "@/ui/useEdit";
import { useUploads } from "@/ui/useUploads";
import { PROCEDURES } from "./nouns";

const LIST = "/procedures/procedures";
const LABELS = { name: "Nazwa", source: "Procedura do skopiowania", file: "Plik" };
type Way = "nothing" | "copy" | "file";

interface Fields {
  way: Way;
  name: string;
  source: string | null;
}

const EMPTY: Fields = { way: "nothing", name: "", source: null };
const FROM_FILE: Fields = { ...EMPTY, way: "file" };

/** A new procedure: from nothing, as a copy of another, or from a file of another city. */
export function ProcedureNew() {
  const { person } = useSession();
  const uploads = useUploads({ endings: [".json"] });
  const navigate = useNavigate();
  const create = useMutation({
    meta: { refreshes: [PROCEDURES] },
    mutationFn: (fields: Fields) => made(fields, uploads.stored[0]?.id ?? ""),
    onSuccess: async ({ id }) => {
      form.forget();
      await navigate(`${LIST}/${id}`);
      notifyDone("Utworzono szkic procedury.");
    },
  });
  const [search] = useSearchParams();
  const isFromFile = search.get("from") === "file";
  const form = useEdit({
    begin: isFromFile ? FROM_FILE : EMPTY,
    labels: LABELS,
    saving: [create],
    keptAs: `${person?.id}.procedure${isFromFile ? ".file" : ""}`,
  });
  const { way, source } = form.fields;
  const isChosen = { nothing: true, copy: source !== null, file: uploads.stored.length > 0 };

  return (
    <>
      <PageHeader title="Nowa procedura" back={{ to: LIST, label: "Procedury" }} />
      <EditForm
        form={form}
        refused="Nie utworzono procedury"
        maw="46rem"
        save="Utwórz procedurę"
        isIncomplete={!isChosen[way]}
        cancel={LIST}
        onSave={(fields) => create.mutate(fields)}
      >
        <Panel title="Procedura">
          <Stack>
            <Radio.Group label="Od czego zacząć?" value={way} onChange={(chosen) => form.set({ way: chosen as Way })}>
              <Stack gap="xs" mt={6}>
                <Radio value="nothing" label="Od pustej tablicy" />
                <Radio value="copy" label="Od kopii innej procedury" />
                <Radio value="file" label="Z pliku zapisanego w tym albo innym mieście" />
              </Stack>
            </Radio.Group>
            {way === "copy" && <SourceField {...form.choice("source")} />}
            {way === "file" ? (
              <div id="file" tabIndex={-1}>
                <FileDrop label="Plik procedury (.json)" uploads={uploads} accept=".json" isSingle />
              </div>
            ) : (
              <TextInput
                {...form.input("name")}
                description={way === "copy" ? "Pusta: nazwa oryginału z dopiskiem „kopia”." : undefined}
                required={way === "nothing"}
              />
            )}
          </Stack>
        </Panel>
      </EditForm>
    </>
  );
}

async function made({ way, name, source }: Fields, file: string) {
  const named = name.trim();
  switch (way) {
    case "nothing":
      return bodyOf(await http.POST("/api/v1/procedures/procedures/", { body: { name: named } }));
    case "copy": {
      const params = { path: { id: source ?? "" } };
      const body = named ? { name: named } : {};
      return bodyOf(await http.POST("/api/v1/procedures/procedures/{id}/copy/", { params, body }));
    }
    case "file":
      return bodyOf(await http.POST("/api/v1/procedures/procedures/import/", { body: { file } }));
  }
}

interface SourceFieldProps {
  value: string | null;
  onChange: (id: string | null) => void;
  error: string | undefined;
}

function SourceField({ value, onChange, error }: SourceFieldProps) {
  const procedures = api.useQuery("get", "/api/v1/procedures/procedures/", { params: { query: { page_size: 500 } } });
  return (
    <ChoiceField
      id="source"
      label={LABELS.source}
      choices={(procedures.data?.results ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
      error={error}
      isRequired
    />
  );
}
