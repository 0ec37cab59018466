import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { api, seen } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { counted, formatMoney } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { BarsPicture } from "@/ui/pictures/BarsPicture";
import { WaterLine } from "@/ui/pictures/WaterLine";
import { READING } from "@/ui/widths";

/** One scenario: its ranking with the line, the sums of the pots, and putting it before whoever decides. */
export function ScenarioView({ id }: { id: string }) {
  const path = { id };
  const { data: scenario } = api.useSuspenseQuery("get", "/api/v1/applications/scenarios/{id}/", { params: { path } });
  const { data: figures } = api.useSuspenseQuery("get", "/api/v1/applications/calls/{id}/figures/", {
    params: { path: { id: scenario.call } },
  });
  const nameOf = (code: string) => figures.pots.find((pot) => pot.code === code)?.name ?? code;
  const [line, setLine] = useState<number | null>(null);
  const [reason, setReason] = useState("");
  const trial = api.useMutation("post", "/api/v1/applications/scenarios/{id}/trial/", { meta: { refreshes: [] } });
  const back = () => {
    setLine(null);
    setReason("");
    trial.reset();
  };
  const save = api.useMutation("patch", "/api/v1/applications/scenarios/{id}/", {
    onSuccess: () => {
      back();
      notifyDone("Przesunięto linię.");
    },
  });
  const outcome = (line === null ? null : trial.data) ?? scenario.outcome;
  const stands = outcome.rows.findLastIndex(({ is_over }) => is_over) + 1;
  const moved = (after: number, why: string) => ({ ...scenario.changes, line: { after, reason: why } });
  const move = (after: number) => {
    setLine(after);
    trial.mutate({ params: { path }, body: { rules: scenario.rules, changes: moved(after, "Próba") } });
  };

  return (
    <Stack>
      <BarsPicture
        label="Pieniądze wariantu, w złotych"
        parts={[
          ...(Number(outcome.asked) > 0
            ? [{ label: "wnioskowano", value: Math.round(Number(outcome.asked)), tone: "neutral" as const, url: "" }]
            : []),
          { label: "do przyznania", value: Math.round(Number(outcome.given)), tone: "success", url: "" },
          ...outcome.pots.map(({ code, left }) => ({
            label: `zostaje w puli „${nameOf(code)}”`,
            value: Math.round(Number(left)),
            tone: "info" as const,
            url: "",
          })),
        ]}
      />
      <Text role="status">
        Nad linią: {counted(outcome.over, "wniosek", "wnioski", "wniosków")}, razem {formatMoney(outcome.given)}.
        {Number(outcome.unmet) > 0 && ` Na pozostałe brakuje ${formatMoney(outcome.unmet)}.`}
        {outcome.undecided.length > 0 && " Na linii jest remis: rozstrzygnij go ręcznie."}
      </Text>
      <WaterLine
        label={`Ranking: ${scenario.name}`}
        rows={outcome.rows.map((row) => ({ ...row, name: [row.title, row.unit].filter(Boolean).join(", ") }))}
        after={line ?? stands}
        onMove={move}
      />
      <ProblemAlert title="Nie zapisano" error={trial.error ?? save.error} />
      {line === null ? (
        <RecommendButton id={id} isEmpty={outcome.over === 0} />
      ) : (
        <Stack gap="xs" maw={READING}>
          <Textarea
            label="Powód przesunięcia linii"
            required
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group>
            <Button
              disabled={!reason.trim()}
              loading={save.isPending}
              onClick={() =>
                save.mutate({
                  params: { path, header: seen(scenario.version) },
                  body: { changes: moved(line, reason.trim()) },
                })
              }
            >
              Zapisz linię
            </Button>
            <Button variant="default" onClick={back}>
              Cofnij
            </Button>
          </Group>
        </Stack>
      )}
    </Stack>
  );
}

function RecommendButton({ id, isEmpty }: { id: string; isEmpty: boolean }) {
  const [isAsking, dialog] = useDisclosure(false);
  const recommend = api.useMutation("post", "/api/v1/applications/scenarios/{id}/recommend/", {
    onSuccess: () => {
      dialog.close();
      notifyDone("Zarekomendowano podział. Środki są zarezerwowane.");
    },
  });
  return (
    <>
      <Button disabled={isEmpty} onClick={dialog.open} style={{ alignSelf: "flex-start" }}>
        Zarekomenduj ten podział
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title="Zarekomendować ten podział?"
        confirmLabel="Zarekomenduj"
        isWorking={recommend.isPending}
        error={recommend.error}
        onClose={dialog.close}
        onConfirm={() => recommend.mutate({ params: { path: { id } } })}
      >
        Środki wszystkich wniosków nad linią zostaną zarezerwowane naraz. Gdy rekomendacja wróci, wrócą do puli.
      </ConfirmDialog>
    </>
  );
}
