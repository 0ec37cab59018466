import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { api } from "@/api/client";
import { ChoiceField } from "@/ui/ChoiceField";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Fold } from "@/ui/Fold";
import { counted } from "@/ui/format";
import { JobProgress } from "@/ui/JobProgress";
import { notifyDone } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { TextLink } from "@/ui/TextLink";
import { READING } from "@/ui/widths";
import type { Recommendation } from "./nouns";

type Row = Recommendation["rows"][number];

const lettered = (count: number): string => counted(count, "pismo", "pisma", "pism");
const isGranted = ({ amount }: Row): boolean => Number(amount) > 0;

/** After a decision: letters to all whom it is about, one template for each outcome, and how far each of them is. */
export function LettersPanel({ shown }: { shown: Recommendation }) {
  const [granted, setGranted] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [isAsking, dialog] = useDisclosure(false);
  const templates = api.useQuery(
    "get",
    "/api/v1/procedures/letter-templates/",
    { params: { query: { page_size: 500 } } },
    { staleTime: 30_000 },
  );
  const choices = (templates.data?.results ?? [])
    .filter((one) => !one.is_archived)
    .map(({ id, name }) => ({ value: id, label: name }));
  const send = api.useMutation("post", "/api/v1/applications/recommendations/{id}/letters/", {
    meta: { refreshes: ["/api/v1/applications/", "/api/v1/procedures/"] },
    onSuccess: () => {
      dialog.close();
      notifyDone("Wydano pisma. Ich pliki właśnie powstają.");
    },
  });
  const carried = shown.rows.filter(({ state }) => state === "carried");
  const to = (rows: readonly Row[], template: string | null) => (template === null ? 0 : rows.length);
  const positive = carried.filter(isGranted);
  const negative = carried.filter((row) => !isGranted(row));
  const missing = shown.rows.length - carried.length;
  return (
    <Panel title="Pisma do wnioskodawców">
      <Stack maw={READING}>
        <Text>
          Decyzja jest ogłoszona. Tutaj wydasz pisma wszystkim naraz; każde dostanie własny numer i dzisiejszą datę.
          Sprawa, która ma już takie pismo, nie dostanie drugiego.
        </Text>
        <ChoiceField
          label={`Wzór dla tych, którzy dostali środki (${positive.length})`}
          placeholder="bez pisma"
          choices={choices}
          value={granted}
          onChange={setGranted}
        />
        <ChoiceField
          label={`Wzór dla tych, którzy ich nie dostali (${negative.length})`}
          placeholder="bez pisma"
          choices={choices}
          value={refused}
          onChange={setRefused}
        />
        {missing > 0 && (
          <Text size="sm" c="dimmed">
            Do {counted(missing, "sprawy", "spraw", "spraw")} decyzja jeszcze nie dotarła. Gdy dotrze, wydaj pisma
            ponownie.
          </Text>
        )}
        <Group>
          <Button disabled={granted === null && refused === null} onClick={dialog.open}>
            Wyślij pisma…
          </Button>
        </Group>
        <Results rows={shown.rows} />
      </Stack>
      <ConfirmDialog
        isOpen={isAsking}
        title="Wydać pisma?"
        confirmLabel="Wydaj"
        isWorking={send.isPending}
        error={send.error}
        onConfirm={() => send.mutate({ params: { path: { id: shown.id } }, body: { granted, refused } })}
        onClose={dialog.close}
      >
        <Text>
          Powstanie najwyżej {lettered(to(positive, granted) + to(negative, refused))}. Numery zostaną nadane od razu i
          nie da się ich cofnąć.
        </Text>
      </ConfirmDialog>
    </Panel>
  );
}

/** How far the letters are, and each that failed with the reason. */
function Results({ rows }: { rows: readonly Row[] }) {
  const letters = rows.flatMap(({ letter, ...row }) => (letter === null ? [] : [{ letter, row }]));
  if (letters.length === 0) {
    return null;
  }
  const waiting = letters.filter(({ letter }) => letter.state === "waiting").length;
  const failed = letters.filter(({ letter }) => letter.state === "failed");
  return (
    <Stack gap="sm">
      {waiting > 0 ? (
        <JobProgress label="Przygotowanie pism" done={letters.length - waiting} total={letters.length} />
      ) : (
        <Text role="status">Gotowe: {lettered(letters.length - failed.length)}.</Text>
      )}
      {failed.length > 0 && (
        <Alert color="caution" title={`Nie udało się: ${lettered(failed.length)}`}>
          <List>
            {failed.map(({ letter, row }) => (
              <List.Item key={letter.id}>
                <TextLink to={`/procedures/cases/${row.case}`}>{row.title}</TextLink>: {letter.failure}
              </List.Item>
            ))}
          </List>
          <Text c="var(--mantine-color-text)">Na stronie sprawy można spróbować ponownie.</Text>
        </Alert>
      )}
      <Fold title="Pisma do poszczególnych spraw" note={lettered(letters.length)}>
        <List>
          {letters.map(({ letter, row }) => (
            <List.Item key={letter.id}>
              <TextLink to={`/procedures/cases/${row.case}`}>
                {[row.title, row.unit].filter(Boolean).join(", ")}
              </TextLink>
              : {letter.name} {letter.number}, {STATES[letter.state]}
            </List.Item>
          ))}
        </List>
      </Fold>
    </Stack>
  );
}

const STATES = { waiting: "w przygotowaniu", ready: "gotowe", failed: "nieudane" } as const;
