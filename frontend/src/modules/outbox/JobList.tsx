import { Button, Group, Text, Title } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { keepPreviousData } from "@tanstack/react-query";
import { api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { counted, formatDateTime } from "@/ui/format";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { useTableView } from "@/ui/tableView";
import { Installation } from "./Installation";
import classes from "./JobList.module.css";
import { LeaveJob } from "./LeaveJob";

type Job = Schemas["FailedJobOut"];

const JOBS = "/api/v1/outbox/jobs/";
const EVERY_MINUTE = 60_000;

/** Background work that did not succeed although it was tried many times: what, since when, why, and what to do. */
export function JobList() {
  const view = useTableView({ ordering: "-given_up_at" });
  const { city } = useSession();
  const isConsole = city.slug === "public";
  const jobs = api.useQuery(
    "get",
    JOBS,
    { params: { query: view.query } },
    { placeholderData: keepPreviousData, refetchInterval: EVERY_MINUTE },
  );
  const count = jobs.data?.count ?? 0;

  return (
    <>
      <PageHeader
        title="Zadania w tle"
        description="Praca, której system nie wykonał mimo wielu prób. Usuń przyczynę i spróbuj ponownie albo zostaw zadanie niewykonane; powód zostanie w dzienniku."
        actions={count > 1 && <TryAllAgain count={count} />}
      />
      {isConsole && (
        <>
          <Title order={2} mb="sm">
            Stan instalacji
          </Title>
          <Installation view={view} />
          <Title order={2} mt="lg" mb="sm">
            Nieudane zadania
          </Title>
        </>
      )}
      <DataTable
        list="outbox.jobs"
        label="Nieudane zadania"
        columns={isConsole ? [WHAT, CITY, SINCE, WHY, DEEDS] : [WHAT, SINCE, WHY, DEEDS]}
        query={jobs}
        view={view}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="Wszystkie zadania się udały">
            Gdy system nie zdoła czegoś zrobić, na przykład wysłać e-maila albo przygotować pisma, zobaczysz to tutaj.
          </EmptyState>
        }
      />
    </>
  );
}

const WHAT: Column<Job> = {
  id: "what",
  header: "Co",
  ordering: "task",
  render: ({ name, about }) => (
    <>
      {name}
      {about && (
        <Text size="sm" c="dimmed" fw={400} className={classes.text}>
          {about}
        </Text>
      )}
    </>
  ),
};

const CITY: Column<Job> = { id: "city", header: "Miasto", render: ({ city }) => city };

const SINCE: Column<Job> = {
  id: "since",
  header: "Od kiedy",
  ordering: "given_up_at",
  render: ({ given_up_at, created_at, attempts }) => (
    <>
      <time dateTime={given_up_at ?? undefined}>{given_up_at && formatDateTime(given_up_at)}</time>
      <Text size="sm" c="dimmed">
        zlecono {formatDateTime(created_at)}, {counted(attempts, "próba", "próby", "prób")}
      </Text>
    </>
  ),
};

const WHY: Column<Job> = {
  id: "why",
  header: "Dlaczego",
  render: ({ sentence, last_error }) => (
    <div className={classes.text}>
      {sentence}
      <details>
        <summary>Treść błędu dla operatora</summary>
        <code>{last_error}</code>
      </details>
    </div>
  ),
};

const DEEDS: Column<Job> = { id: "actions", header: "Czynności", render: (job) => <Deeds job={job} /> };

function Deeds({ job }: { job: Job }) {
  const name = [job.name, job.about].filter(Boolean).join(": ");
  const again = api.useMutation("post", "/api/v1/outbox/jobs/{id}/try-again/", {
    onSuccess: () => notifyDone("Uruchomiono ponownie. Jeśli znów się nie uda, zadanie wróci na tę listę."),
    onError: notifyRefused,
    meta: { isRereadWhenRefused: true },
  });
  return (
    <Group gap="xs">
      <Button
        variant="default"
        size="compact-sm"
        loading={again.isPending}
        aria-label={`Spróbuj ponownie: ${name}`}
        onClick={() => again.mutate({ params: { path: { id: job.id } } })}
      >
        Spróbuj ponownie
      </Button>
      <LeaveJob id={job.id} name={name} />
    </Group>
  );
}

function TryAllAgain({ count }: { count: number }) {
  const again = api.useMutation("post", "/api/v1/outbox/jobs/try-all-again/", {
    onSuccess: ({ started, refused }) =>
      notifyDone(
        `Uruchomiono ${counted(started, "zadanie", "zadania", "zadań")}.${refused > 0 ? ` Zostało na liście: ${refused}.` : ""}`,
      ),
    onError: notifyRefused,
    meta: { isRereadWhenRefused: true },
  });
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={18} aria-hidden />}
      loading={again.isPending}
      onClick={() => again.mutate({ body: { task: "" } })}
    >
      Spróbuj ponownie wszystkie ({count})
    </Button>
  );
}
