import { Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { api, seen } from "@/api/client";
import { ButtonLink } from "@/ui/ButtonLink";
import { type Column, DataTable } from "@/ui/DataTable";
import { DownloadButton } from "@/ui/DownloadButton";
import { EmptyState } from "@/ui/EmptyState";
import { FactList } from "@/ui/FactList";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { SearchField } from "@/ui/SearchField";
import { StatusBadge } from "@/ui/StatusBadge";
import { newestOf, useTableView } from "@/ui/tableView";
import { LetterTemplateChange, LetterTemplateNew } from "./LetterTemplateDialogs";
import { type LetterTemplate, PROCEDURES } from "./nouns";

/** The letters that the city writes in Word, and what their fields may ask for. */
export function LetterTemplateList() {
  const view = useTableView();
  const [isNew, adding] = useDisclosure(false);
  const [changing, setChanging] = useState<LetterTemplate | null>(null);
  const templates = api.useQuery(
    "get",
    "/api/v1/procedures/letter-templates/",
    { params: { query: view.query } },
    { placeholderData: keepPreviousData },
  );
  const changed = newestOf(changing, templates.data?.results);
  const create = <Button onClick={adding.open}>Nowy wzór</Button>;

  return (
    <>
      <PageHeader
        title="Wzory pism"
        description="Pismo pisze się w Wordzie; w miejsca w podwójnych nawiasach klamrowych system wstawi dane sprawy."
        actions={create}
      />
      <Stack>
        <DataTable
          list="procedures.letter_templates"
          label="Wzory pism"
          columns={columnsOf(setChanging)}
          query={templates}
          view={view}
          rowKey={({ id }) => id}
          empty={
            <EmptyState title="Nie ma jeszcze wzorów" action={create}>
              Napisz pismo w Wordzie, wstaw w nie pola z listy niżej i dodaj je tutaj.
            </EmptyState>
          }
          tools={<SearchField label="Szukaj wzoru" value={view.search} onChange={view.setSearch} />}
        />
        <Fields />
      </Stack>
      <LetterTemplateNew isOpen={isNew} onClose={adding.close} />
      <LetterTemplateChange template={changed} onClose={() => setChanging(null)} />
    </>
  );
}

const columnsOf = (
  change: (template: LetterTemplate) => void,
): readonly [Column<LetterTemplate>, ...Column<LetterTemplate>[]] => [
  {
    id: "template",
    header: "Wzór",
    render: (one) => (
      <>
        {one.name} {one.is_archived && <StatusBadge tone="neutral">w archiwum</StatusBadge>}
        <Text size="sm" c="dimmed" fw={400}>
          w procedurach: {one.key} · wersja {one.newest}
        </Text>
      </>
    ),
  },
  { id: "questions", header: "O co pyta", render: ({ asks }) => asks.join(", ") },
  { id: "actions", header: "Czynności", render: (one) => <RowDeeds template={one} change={() => change(one)} /> },
];

function RowDeeds({ template, change }: { template: LetterTemplate; change: () => void }) {
  const archive = api.useMutation("patch", "/api/v1/procedures/letter-templates/{id}/", {
    onSuccess: ({ is_archived }) => {
      notifyDone(is_archived ? "Wzór jest w archiwum." : "Wzór wrócił z archiwum.");
    },
    onError: notifyRefused,
  });
  const { id, name, is_archived, version } = template;
  return (
    <Group gap="xs">
      {!is_archived && (
        <ButtonLink
          to={`/procedures/letters/${id}/issue`}
          size="compact-sm"
          variant="default"
          aria-label={`Wydaj do wielu spraw: ${name}`}
        >
          Wydaj do wielu spraw
        </ButtonLink>
      )}
      <DownloadButton
        href={`${PROCEDURES}letter-templates/${id}/download/`}
        size="compact-sm"
        aria-label={`Pobierz wzór: ${name}`}
      >
        Pobierz
      </DownloadButton>
      <Button size="compact-sm" variant="default" aria-label={`Zmień wzór: ${name}`} onClick={change}>
        Zmień
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        loading={archive.isPending}
        aria-label={`${is_archived ? "Przywróć" : "Do archiwum"}: ${name}`}
        onClick={() =>
          archive.mutate({ params: { path: { id }, header: seen(version) }, body: { is_archived: !is_archived } })
        }
      >
        {is_archived ? "Przywróć" : "Do archiwum"}
      </Button>
    </Group>
  );
}

/** What may stand in a template. */
function Fields() {
  const { data, error, refetch } = api.useQuery(
    "get",
    "/api/v1/procedures/letter-templates/fields/",
    {},
    { staleTime: 3_600_000 },
  );
  if (!data) {
    return (
      <ProblemAlert title="Nie udało się wczytać pól, których można użyć" error={error} retry={() => void refetch()} />
    );
  }
  return (
    <Panel title="Pola, których można użyć">
      <Text mb="sm">
        Pole wpisuje się w Wordzie tak: <code>{"{{ sprawa.znak }}"}</code>. Pierwsze słowo jest jednym z poniższych.
      </Text>
      <FactList facts={data.map(({ name, sentence }) => [name, sentence] as const)} />
    </Panel>
  );
}
