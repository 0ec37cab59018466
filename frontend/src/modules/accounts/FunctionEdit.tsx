import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import type { SubmitEvent } from "react";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { folded } from "@/ui/polish";
import { useKept } from "@/ui/useKept";
import { useRefresh } from "./accounts";

const LABELS = { name: "Nazwa", code: "Kod", description: "Opis" };

/** "Zatwierdza wnioski" -> "zatwierdza-wnioski", as the API takes codes. */
export const codeFrom = (name: string): string =>
  folded(name)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);

export function FunctionNew() {
  const { person } = useSession();
  const { fields, change, forget } = useKept(`${person?.id}.function`, { name: "", code: "", description: "" });
  const refresh = useRefresh();
  const navigate = useNavigate();
  const create = api.useMutation("post", "/api/v1/accounts/functions/", {
    onSuccess: async ({ id }) => {
      forget();
      await navigate(`/accounts/functions/${id}`);
      void refresh();
      notifyDone("Utworzono funkcję. Wskaż, kto ją pełni.");
    },
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const name = fields.name.trim();
    create.mutate({ body: { name, code: fields.code || codeFrom(name), description: fields.description.trim() } });
  };

  return (
    <>
      <PageHeader title="Nowa funkcja" back={{ to: "/accounts/functions", label: "Funkcje" }} />
      <form onSubmit={submit} noValidate>
        <Stack maw="46rem">
          <FormErrorSummary error={create.error} labels={LABELS} title="Nie utworzono funkcji" />
          <Panel title="Funkcja">
            <Stack>
              <TextInput
                id="name"
                label={LABELS.name}
                value={fields.name}
                onChange={(event) => change({ name: event.currentTarget.value })}
                error={errorOf(create.error, "name")}
                required
              />
              <TextInput
                id="code"
                label={LABELS.code}
                description="Krótka nazwa dla procedur; później się nie zmienia. Pusty: powstanie z nazwy."
                placeholder={codeFrom(fields.name)}
                value={fields.code}
                onChange={(event) => change({ code: event.currentTarget.value })}
                error={errorOf(create.error, "code")}
              />
              <Textarea
                id="description"
                label={LABELS.description}
                autosize
                minRows={2}
                maxLength={300}
                value={fields.description}
                onChange={(event) => change({ description: event.currentTarget.value })}
                error={errorOf(create.error, "description")}
              />
            </Stack>
          </Panel>
          <Group justify="flex-end">
            <ButtonLink to="/accounts/functions" variant="default">
              Anuluj
            </ButtonLink>
            <Button type="submit" loading={create.isPending}>
              Utwórz funkcję
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
}
