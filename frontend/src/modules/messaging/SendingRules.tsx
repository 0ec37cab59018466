import { NativeSelect, Skeleton } from "@mantine/core";
import { api, seen } from "@/api/client";
import { counted } from "@/ui/format";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";

const RULES = "/api/v1/messaging/sending-rules/";
const CHOICES = [0, 5, 10, 20, 30, 60, 120];

const labelOf = (seconds: number) =>
  seconds === 0 ? "wcale: wiadomość wychodzi od razu" : `przez ${counted(seconds, "sekundę", "sekundy", "sekund")}`;

/** How long a sending may be undone, for everybody of the city. A choice counts at once; there is nothing to save. */
export function SendingRules() {
  const rules = api.useQuery("get", RULES, {});
  const change = api.useMutation("patch", RULES, {
    onSuccess: () => {
      notifyDone("Zapisano, jak długo można cofnąć wysłanie.");
    },
    onError: notifyRefused, // what stands there now is read again
  });
  const kept = rules.data?.undo_seconds ?? 0;
  const offered = CHOICES.includes(kept) ? CHOICES : [...CHOICES, kept].sort((one, other) => one - other);
  return (
    <Panel title="Cofanie wysłania">
      <ProblemAlert error={rules.error} retry={() => void rules.refetch()} />
      {rules.isPending && <Skeleton height={60} />}
      {rules.data && (
        <NativeSelect
          label="Jak długo można cofnąć wysłanie"
          description="Tyle wiadomość czeka po naciśnięciu „Wyślij”, zanim wyjdzie do adresatów."
          value={String(kept)}
          data={offered.map((seconds) => ({ value: String(seconds), label: labelOf(seconds) }))}
          disabled={change.isPending}
          onChange={(event) =>
            change.mutate({
              params: { header: seen(rules.data.version) },
              body: { undo_seconds: Number(event.currentTarget.value) },
            })
          }
        />
      )}
    </Panel>
  );
}
