import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { api, underPath } from "@/api/client";
import { useSession } from "@/api/session";
import { allUnits } from "@/api/units";
import { ButtonLink } from "@/ui/ButtonLink";
import { ChoiceField } from "@/ui/ChoiceField";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { PROCEDURES } from "./nouns";

const LABELS = { procedure: "Czego dotyczy sprawa", unit: "Jednostka", title: "Tytuł" };

/** Opens a case: which procedure, for whom. The form of the application comes next, on the page of the case. */
export function CaseNew() {
  const [params] = useSearchParams();
  const { units: own } = useSession();
  const [procedure, setProcedure] = useState(params.get("procedure"));
  const [unit, setUnit] = useState<string | null>(own.length === 1 ? (own[0]?.id ?? null) : null);
  const [title, setTitle] = useState("");
  const navigate = useNavigate();
  const cache = useQueryClient();
  const procedures = api.useQuery("get", "/api/v1/procedures/procedures/", {
    params: { query: { page_size: 500, archived: false } },
  });
  const offered = (procedures.data?.results ?? []).filter((one) => one.is_published && one.can.includes("start"));
  const chosen = offered.find(({ id }) => id === procedure);
  const start = api.useQuery(
    "get",
    "/api/v1/procedures/procedures/{id}/start/",
    { params: { path: { id: procedure ?? "" }, query: unit ? { unit } : {} } },
    { enabled: procedure !== null, retry: false, placeholderData: keepPreviousData },
  );
  const needsUnit = start.data?.applicant !== "person" && start.data?.applicant !== "office";
  const open = api.useMutation("post", "/api/v1/procedures/cases/", {
    onSuccess: async ({ id }) => {
      void cache.invalidateQueries({ predicate: underPath(PROCEDURES) });
      void cache.invalidateQueries({ queryKey: ["waiting"] });
      await navigate(`/procedures/cases/${id}`);
    },
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (procedure) {
      open.mutate({ body: { procedure, unit: needsUnit ? unit : null, title: title.trim() } });
    }
  };

  return (
    <>
      <PageHeader title="Nowa sprawa" back={{ to: "/procedures/cases", label: "Sprawy" }} />
      <form onSubmit={submit} noValidate>
        <Stack maw="46rem">
          <FormErrorSummary error={open.error} labels={LABELS} title="Nie założono sprawy" />
          <ProblemAlert error={procedures.error} retry={() => void procedures.refetch()} />
          <Panel title="Sprawa">
            <Stack>
              <ChoiceField
                id="procedure"
                label={LABELS.procedure}
                description={chosen?.description}
                choices={offered.map(({ id, name }) => ({ value: id, label: name }))}
                value={procedure}
                onChange={setProcedure}
                error={errorOf(open.error, "procedure")}
                isRequired
              />
              {procedures.data && offered.length === 0 && (
                <Text c="dimmed">Nie ma teraz procedury, według której można założyć sprawę.</Text>
              )}
              {procedure && start.data?.sentence && (
                <Alert color={start.data.may ? undefined : "caution"} icon={<IconInfoCircle aria-hidden />}>
                  <Text c="var(--mantine-color-text)">{start.data.sentence}</Text>
                </Alert>
              )}
              <ProblemAlert error={start.error} />
              {needsUnit && (
                <UnitChoice own={own} value={unit} onChange={setUnit} error={errorOf(open.error, "unit")} />
              )}
              <TextInput
                id="title"
                label={LABELS.title}
                description="Pusty: nazwa procedury i jednostki."
                value={title}
                maxLength={300}
                onChange={(event) => setTitle(event.currentTarget.value)}
                error={errorOf(open.error, "title")}
              />
            </Stack>
          </Panel>
          <Group justify="flex-end">
            <ButtonLink to="/procedures/cases" variant="default">
              Anuluj
            </ButtonLink>
            <Button type="submit" loading={open.isPending} disabled={!procedure || start.data?.may === false}>
              Załóż sprawę
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
}

interface UnitChoiceProps {
  own: readonly { id: string; short_name: string }[];
  value: string | null;
  onChange: (unit: string | null) => void;
  error: string | undefined;
}

/** The own units of a person who has them; the whole directory for the office. */
function UnitChoice({ own, value, onChange, error }: UnitChoiceProps) {
  const { may } = useSession();
  const all = useQuery({
    queryKey: ["get", "/api/v1/directory/units/", "all open"],
    queryFn: allUnits,
    staleTime: 60_000,
    enabled: own.length === 0 && may("directory.view_units"),
  });
  const units = own.length > 0 ? own : (all.data ?? []);
  return (
    <ChoiceField
      id="unit"
      label={LABELS.unit}
      choices={units.map(({ id, short_name }) => ({ value: id, label: short_name }))}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}
