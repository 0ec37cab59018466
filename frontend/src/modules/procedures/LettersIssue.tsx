import { Alert, Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useParams, useSearchParams } from "react-router";
import { api, type Schemas } from "@/api/client";
import { whileRunning } from "@/api/polling";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { DownloadButton } from "@/ui/DownloadButton";
import { counted } from "@/ui/format";
import { JobProgress } from "@/ui/JobProgress";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { READING } from "@/ui/widths";
import { ProcedureFilter, StageFilter } from "./CaseFilters";
import { countedCases } from "./caseWords";
import { LetterPreview } from "./LetterPreview";
import classes from "./LettersIssue.module.css";
import { PROCEDURES } from "./nouns";
import { useLetterTemplates } from "./useLetterTemplates";

type Job = Schemas["LetterJobOut"];

const MOST = 500;

/** One letter to many matters at once: which of them, then the progress and everything in one ZIP. */
export function LettersIssue() {
  const { id = "" } = useParams();
  const [params, setParams] = useSearchParams();
  const template = useLetterTemplates()?.find((one) => one.id === id);
  const job = params.get("job");

  return (
    <>
      <PageHeader
        title={template ? `Pismo do wielu spraw: ${template.name}` : "Pismo do wielu spraw"}
        description="Każde pismo dostanie własny numer i dzisiejszą datę."
        back={{ to: "/procedures/letters", label: "Wzory pism" }}
      />
      <Stack maw={READING}>
        {job ? (
          <Progress id={job} />
        ) : (
          <Choosing template={id} onStarted={(started) => setParams({ job: started }, { replace: true })} />
        )}
      </Stack>
    </>
  );
}

function Choosing({ template, onStarted }: { template: string; onStarted: (job: string) => void }) {
  const [procedure, setProcedure] = useState<string | null>(null);
  const [stage, setStage] = useState<string | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isAsked, question] = useDisclosure(false);
  const [isShown, setIsShown] = useState(false);
  const cases = api.useQuery(
    "get",
    "/api/v1/procedures/cases/",
    { params: { query: { procedure: procedure ?? "", ...(stage && { stage }), state: "open", page_size: MOST } } },
    { enabled: procedure !== null },
  );
  const found = cases.data?.results ?? [];
  const chosen = found.filter((one) => !left.has(one.id)).map((one) => one.id);
  const issue = api.useMutation("post", "/api/v1/procedures/letters/", { onSuccess: ({ id }) => onStarted(id) });

  const toggle = (one: string) => {
    const next = new Set(left);
    next[next.has(one) ? "delete" : "add"](one);
    setLeft(next);
  };

  return (
    <Panel title="Do których spraw">
      <Stack>
        <Group gap="sm" grow preventGrowOverflow={false}>
          <ProcedureFilter
            value={procedure ?? undefined}
            onChange={(next) => {
              setProcedure(next);
              setStage(null);
            }}
          />
          {procedure && <StageFilter procedure={procedure} value={stage ?? undefined} onChange={setStage} />}
        </Group>
        <ProblemAlert error={cases.error} retry={() => void cases.refetch()} />
        {procedure === null && (
          <Text c="dimmed">Wybierz procedurę, a potem odznacz sprawy, do których pismo nie idzie.</Text>
        )}
        {cases.data && (
          <>
            <Text fw={600} role="status">
              Wybrano: {countedCases(chosen.length)} z {found.length}
            </Text>
            <ul className={classes.list} aria-label="Sprawy w toku">
              {found.map((one) => (
                <li key={one.id}>
                  <Checkbox
                    label={[one.title, one.sign, one.unit?.short_name].filter(Boolean).join(" · ")}
                    description={one.stage.name}
                    checked={!left.has(one.id)}
                    onChange={() => toggle(one.id)}
                  />
                </li>
              ))}
            </ul>
            {cases.data.count > found.length && (
              <Text size="sm">
                Tu jest pierwszych {found.length} z {cases.data.count}. Zawęź wybór etapem albo wydaj pisma partiami.
              </Text>
            )}
          </>
        )}
        <Group justify="flex-end">
          <Button disabled={chosen.length === 0} onClick={question.open}>
            Wydaj pisma…
          </Button>
        </Group>
      </Stack>
      <ConfirmDialog
        isOpen={isAsked}
        title={`Wydać ${counted(chosen.length, "pismo", "pisma", "pism")}?`}
        confirmLabel="Wydaj"
        isReady={isShown}
        isWorking={issue.isPending}
        error={issue.error}
        onConfirm={() => issue.mutate({ body: { template, cases: chosen } })}
        onClose={() => {
          question.close();
          setIsShown(false);
        }}
      >
        <Stack gap="sm">
          <Text>Numery zostaną nadane od razu i nie da się ich cofnąć. Tak będzie brzmiało pierwsze z pism:</Text>
          {chosen[0] && <LetterPreview matter={chosen[0]} template={template} onShown={() => setIsShown(true)} />}
        </Stack>
      </ConfirmDialog>
    </Panel>
  );
}

function Progress({ id }: { id: string }) {
  const job = api.useQuery(
    "get",
    "/api/v1/procedures/letter-jobs/{id}/",
    { params: { path: { id } } },
    { refetchInterval: whileRunning<Job>(({ is_over }) => !is_over) },
  );
  if (!job.data) {
    return <ProblemAlert error={job.error} retry={() => void job.refetch()} />;
  }
  const { total, ready, failed, is_over } = job.data;
  return (
    <Panel title={is_over ? "Gotowe" : "W przygotowaniu"}>
      <Stack align="stretch">
        {is_over ? (
          <Text role="status">Gotowych: {counted(ready, "pismo", "pisma", "pism")}.</Text>
        ) : (
          <JobProgress label="Przygotowanie pism" done={ready + failed} total={total} />
        )}
        {failed > 0 && (
          <Alert color="caution" title={`Nie udało się: ${counted(failed, "pismo", "pisma", "pism")}`}>
            <Text c="var(--mantine-color-text)">
              Powód jest na stronie każdej z tych spraw; stamtąd można spróbować ponownie.
            </Text>
          </Alert>
        )}
        {ready > 0 && is_over && (
          <Group>
            <DownloadButton variant="filled" href={`${PROCEDURES}letter-jobs/${id}/download/`}>
              Pobierz wszystkie (ZIP)
            </DownloadButton>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}
