import { Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { DownloadButton } from "@/ui/DownloadButton";
import { formatDateTime } from "@/ui/format";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { StatusBadge } from "@/ui/StatusBadge";
import { APPLICATIONS, type Recommendation } from "./nouns";

type Paper = Recommendation["papers"][number];
type How = "number" | "sign" | "initials";

const KINDS = { recommendation: "Rekomendacja", results: "Lista wyników" } as const;
const ENDINGS: Record<string, string> = { pdf: "PDF", docx: "Word", html: "strona WWW", xlsx: "Excel" };
const HOWS: { value: How; label: string }[] = [
  { value: "number", label: "kolejnym numerem" },
  { value: "sign", label: "znakiem sprawy" },
];

/** The document that goes up, and the list of results for the web site and the BIP, without pupils' data. */
export function PapersPanel({ shown }: { shown: Recommendation }) {
  const [how, setHow] = useState<How>("number");
  const ask = api.useMutation("post", "/api/v1/applications/recommendations/{id}/papers/", {
    onSuccess: () => notifyDone("Przygotowujemy dokument. Za chwilę będzie tutaj."),
    onError: notifyRefused,
  });
  const asked = (kind: Paper["kind"]) =>
    ask.mutate({ params: { path: { id: shown.id } }, body: { kind, how, questions: [] } });

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
          <Group align="flex-end">
            <NativeSelect
              label="Wnioski na liście wyników oznacz"
              data={HOWS}
              value={how}
              onChange={(event) => setHow(HOWS.find(({ value }) => value === event.currentTarget.value)?.value ?? how)}
            />
            <Button variant="default" loading={ask.isPending} onClick={() => asked("results")}>
              Przygotuj listę wyników
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
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
