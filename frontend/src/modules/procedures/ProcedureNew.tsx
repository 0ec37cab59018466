import { Radio, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate, useSearchParams } from "react-router";
import { api, bodyOf, http } from "@/api/client";
import { useSession } from "@/api/session";
import { ChoiceField } from "@/ui/ChoiceField";
import { EditForm } from "@/ui/EditForm";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ReadingDrop } from "@/ui/ReadingDrop";
import { useEdit } from "@/ui/useEdit";
import { useReading } from "@/ui/useReading";
import { READING } from "@/ui/widths";
import { PROCEDURES } from "./nouns";

const LIST = "/procedures/procedures";
const LABELS = { name: "Nazwa", source: "Procedura do skopiowania", file: "Plik" };
const JSON_ONLY = [".json"];
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
  const reading = useReading({ purpose: "procedures.procedure", endings: JSON_ONLY });
  const navigate = useNavigate();
  const create = useMutation({
    meta: { refreshes: [PROCEDURES, "/api/v1/files/readings/"] },
    mutationFn: (fields: Fields) => made(fields, reading.file ?? ""),
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
  const isChosen = { nothing: true, copy: source !== null, file: reading.file !== undefined };

  return (
    <>
      <PageHeader title="Nowa procedura" back={{ to: LIST, label: "Procedury" }} />
      <EditForm
        form={form}
        refused="Nie utworzono procedury"
        maw={READING}
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
                <ReadingDrop
                  label="Plik procedury (.json)"
                  endings={JSON_ONLY}
                  reading={reading}
                  refused="Nie można wczytać procedury"
                />
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
