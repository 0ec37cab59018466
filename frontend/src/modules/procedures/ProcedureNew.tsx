import { Button, Group, Radio, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { SubmitEvent } from "react";
import { useNavigate } from "react-router";
import { api, bodyOf, http, underPath } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { ChoiceField } from "@/ui/ChoiceField";
import { FileDrop } from "@/ui/FileDrop";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { useKept } from "@/ui/useKept";
import { useUploads } from "@/ui/useUploads";
import { PROCEDURES } from "./nouns";

const LIST = "/procedures/procedures";
const LABELS = { name: "Nazwa", source: "Procedura do skopiowania", file: "Plik" };
type Way = "nothing" | "copy" | "file";

/** A new procedure: from nothing, as a copy of another, or from a file of another city. */
export function ProcedureNew() {
  const { person } = useSession();
  const { fields, change, forget } = useKept(`${person?.id}.procedure`, {
    way: "nothing" as Way,
    name: "",
    source: null as string | null,
  });
  const uploads = useUploads({ endings: [".json"] });
  const navigate = useNavigate();
  const cache = useQueryClient();

  const create = useMutation({
    mutationFn: () => made(fields, uploads.stored[0]?.id ?? ""),
    onSuccess: async ({ id }) => {
      forget();
      void cache.invalidateQueries({ predicate: underPath(PROCEDURES) });
      await navigate(`${LIST}/${id}`);
      notifyDone("Utworzono szkic procedury.");
    },
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const isReady = { nothing: fields.name.trim() !== "", copy: fields.source !== null, file: uploads.stored.length > 0 };

  return (
    <>
      <PageHeader title="Nowa procedura" back={{ to: LIST, label: "Procedury" }} />
      <form onSubmit={submit} noValidate>
        <Stack maw="46rem">
          <FormErrorSummary error={create.error} labels={LABELS} title="Nie utworzono procedury" />
          <Panel title="Procedura">
            <Stack>
              <Radio.Group label="Od czego zacząć?" value={fields.way} onChange={(way) => change({ way: way as Way })}>
                <Stack gap="xs" mt={6}>
                  <Radio value="nothing" label="Od pustej tablicy" />
                  <Radio value="copy" label="Od kopii innej procedury" />
                  <Radio value="file" label="Z pliku zapisanego w tym albo innym mieście" />
                </Stack>
              </Radio.Group>
              {fields.way === "copy" && (
                <SourceField
                  value={fields.source}
                  onChange={(source) => change({ source })}
                  error={errorOf(create.error, "source")}
                />
              )}
              {fields.way === "file" ? (
                <div id="file" tabIndex={-1}>
                  <FileDrop label="Plik procedury (.json)" uploads={uploads} accept=".json" isSingle />
                </div>
              ) : (
                <TextInput
                  id="name"
                  label={LABELS.name}
                  description={fields.way === "copy" ? "Pusta: nazwa oryginału z dopiskiem „kopia”." : undefined}
                  value={fields.name}
                  onChange={(event) => change({ name: event.currentTarget.value })}
                  error={errorOf(create.error, "name")}
                  required={fields.way === "nothing"}
                />
              )}
            </Stack>
          </Panel>
          <Group justify="flex-end">
            <ButtonLink to={LIST} variant="default">
              Anuluj
            </ButtonLink>
            <Button type="submit" loading={create.isPending} disabled={!isReady[fields.way]}>
              Utwórz procedurę
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
}

async function made({ way, name, source }: { way: Way; name: string; source: string | null }, file: string) {
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
