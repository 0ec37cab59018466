import { Button, Group, MultiSelect, NativeSelect, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { DownloadButton } from "@/ui/DownloadButton";
import { formatDateTime } from "@/ui/format";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { StatusBadge } from "@/ui/StatusBadge";
import { READING } from "@/ui/widths";
import { APPLICATIONS, type Recommendation } from "./nouns";

type Paper = Recommendation["papers"][number];
type How = "number" | "sign" | "initials";

const KINDS = { recommendation: "Rekomendacja", results: "Lista wyników" } as const;
const ENDINGS: Record<string, string> = { pdf: "PDF", docx: "Word", html: "strona WWW", xlsx: "Excel" };
const HOWS: { value: How; label: string }[] = [
  { value: "number", label: "kolejnym numerem" },
  { value: "sign", label: "znakiem sprawy" },
  { value: "initials", label: "inicjałami osoby" },
];
/** As many as the API takes: a first name, a last name, one more. */
const MOST_NAMES = 3;

/** The document that goes up, and the list of results for the web site and the BIP, without pupils' data. */
export function PapersPanel({ shown }: { shown: Recommendation }) {
  const ask = api.useMutation("post", "/api/v1/applications/recommendations/{id}/papers/", {
    onSuccess: () => notifyDone("Przygotowujemy dokument. Za chwilę będzie tutaj."),
    onError: notifyRefused,
  });
  const asked = (kind: Paper["kind"], how: How = "number", questions: string[] = []) =>
    ask.mutate({ params: { path: { id: shown.id } }, body: { kind, how, questions } });

  return (
    <Panel title="Dokumenty">
      <Stack>
        {shown.papers.length === 0 && <Text c="dimmed">Nie ma jeszcze żadnego dokumentu.</Text>}
        {shown.papers.map((one) => (
          <PaperRow key={one.id} paper={one} />
        ))}
        <Group align="flex-end">
          <Button variant="default" loading={ask.isPending} onClick={() => asked("recommendation")}>
            Przygotuj rekomendację z załącznikiem
          </Button>
        </Group>
        {shown.can.includes("results") && (
          <ResultsChoice
            shown={shown}
            isWorking={ask.isPending}
            onAsk={(how, questions) => asked("results", how, questions)}
          />
        )}
      </Stack>
    </Panel>
  );
}

interface ResultsChoiceProps {
  shown: Recommendation;
  isWorking: boolean;
  onAsk: (how: How, questions: string[]) => void;
}

/** How everybody's list tells one application from another: never by its title, which may name a pupil. */
function ResultsChoice({ shown, isWorking, onAsk }: ResultsChoiceProps) {
  const [how, setHow] = useState<How>("number");
  const [named, setNamed] = useState<string[]>([]);
  const byName = how === "initials";
  const call = api.useQuery(
    "get",
    "/api/v1/applications/calls/{id}/",
    { params: { path: { id: shown.call.id } } },
    { enabled: byName },
  );
  const names = call.data?.questions.filter((one) => one.is_name).map(({ key, label }) => ({ value: key, label }));
  return (
    <Stack maw={READING} align="flex-start">
      <NativeSelect
        label="Wnioski na liście wyników oznacz"
        data={HOWS}
        value={how}
        onChange={(event) => setHow(HOWS.find(({ value }) => value === event.currentTarget.value)?.value ?? how)}
      />
      {byName && (
        <MultiSelect
          label="Skąd wziąć inicjały"
          description={
            names?.length === 0
              ? "Formularz tego naboru nie pyta o imię i nazwisko. Oznacz wnioski numerem albo znakiem sprawy."
              : "Pytania z imieniem i nazwiskiem. Na liście będzie „J. K.”, a gdy nikt nie odpowiedział, numer wniosku."
          }
          data={names ?? []}
          value={named}
          onChange={setNamed}
          maxValues={MOST_NAMES}
          searchable
          required
          w="100%"
        />
      )}
      <Button
        variant="default"
        loading={isWorking}
        disabled={byName && named.length === 0}
        onClick={() => onAsk(how, byName ? named : [])}
      >
        Przygotuj listę wyników
      </Button>
    </Stack>
  );
}

function PaperRow({ paper }: { paper: Paper }) {
  const name = KINDS[paper.kind];
  const href = `${APPLICATIONS}papers/${paper.id}/download/`;
  return (
    <Group justify="space-between">
      <div>
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          {formatDateTime(paper.made_at)}
        </Text>
      </div>
      {paper.state === "waiting" && <StatusBadge tone="info">w przygotowaniu</StatusBadge>}
      {paper.state === "failed" && (
        <Text size="sm" c="var(--mantine-color-error)">
          Nie udało się przygotować: {paper.failure}
        </Text>
      )}
      {paper.state === "ready" && (
        <Group gap="xs">
          {paper.endings.map((ending) => (
            <DownloadButton
              key={ending}
              size="sm"
              href={`${href}?ending=${ending}`}
              aria-label={`${ENDINGS[ending]}: ${name}`}
            >
              {ENDINGS[ending]}
            </DownloadButton>
          ))}
        </Group>
      )}
    </Group>
  );
}
