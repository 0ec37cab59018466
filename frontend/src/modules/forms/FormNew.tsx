import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { SubmitEvent } from "react";
import { useNavigate } from "react-router";
import { api, underPath } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { useKept } from "@/ui/useKept";
import { FORMS } from "./nouns";

const LABELS = { name: "Nazwa", description: "Opis dla urzędu" };

/** Begins a form: its name first, the questions in the builder. */
export function FormNew() {
  const { person } = useSession();
  const { fields, change, forget } = useKept(`${person?.id}.form`, { name: "", description: "" });
  const cache = useQueryClient();
  const navigate = useNavigate();
  const create = api.useMutation("post", "/api/v1/forms/forms/", {
    onSuccess: async ({ id }) => {
      forget();
      await navigate(`/forms/forms/${id}`);
      void cache.invalidateQueries({ predicate: underPath(FORMS) });
    },
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    create.mutate({ body: { name: fields.name.trim(), description: fields.description.trim() } });
  };

  return (
    <>
      <PageHeader title="Nowy formularz" back={{ to: "/forms/forms", label: "Formularze" }} />
      <form onSubmit={submit} noValidate>
        <Stack maw="46rem">
          <FormErrorSummary error={create.error} labels={LABELS} title="Nie utworzono formularza" />
          <Panel title="Formularz">
            <Stack>
              <TextInput
                id="name"
                label={LABELS.name}
                description="np. Wniosek o grant oświatowy"
                value={fields.name}
                onChange={(event) => change({ name: event.currentTarget.value })}
                error={errorOf(create.error, "name")}
                required
              />
              <Textarea
                id="description"
                label={LABELS.description}
                autosize
                minRows={2}
                value={fields.description}
                onChange={(event) => change({ description: event.currentTarget.value })}
                error={errorOf(create.error, "description")}
              />
            </Stack>
          </Panel>
          <Group justify="flex-end">
            <ButtonLink to="/forms/forms" variant="default">
              Anuluj
            </ButtonLink>
            <Button type="submit" loading={create.isPending}>
              Dalej: pytania
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
}
