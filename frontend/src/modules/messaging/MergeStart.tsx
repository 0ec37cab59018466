import { Alert, Button, Radio, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { api, type Schemas } from "@/api/client";
import { whileRunning } from "@/api/polling";
import { EmptyState } from "@/ui/EmptyState";
import { counted } from "@/ui/format";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { MODES, type Mode } from "./mergeModes";
import type { Merge } from "./nouns";

interface MergeStartProps {
  messageId: string;
  recipients: number;
  isUnderWay: boolean;
  isFirst: boolean;
  onStarted: (merge: Merge) => void;
}

/** What there is to merge, or that nothing is left of it. */
function stateOf(workbooks: number, fresh: number, recipients: number): string {
  const all = counted(workbooks, "arkusz", "arkusze", "arkuszy");
  if (fresh === 0) {
    return `${all}, wszystkie już scalone. Scal jeszcze raz, gdy przyjdą nowe albo w inny sposób.`;
  }
  const waiting = counted(fresh, "arkusz czeka", "arkusze czekają", "arkuszy czeka");
  const together = fresh < workbooks ? ` Wynik obejmie wszystkie: ${all}.` : "";
  return `${waiting} na scalenie, wysłano do ${recipients}.${together} Później przysłane wejdą do następnego scalania.`;
}

const isBeingLookedAt = ({ mode, failure }: Schemas["MergeProposalOut"]) => mode === null && failure === "";

/** Has the template looked at, which the server does in the background, and tells what it proposes. */
function useProposal(messageId: string) {
  const params = { path: { id: messageId } };
  const proposal = api.useQuery(
    "get",
    "/api/v1/messaging/messages/{id}/merge-proposal/",
    { params },
    { refetchInterval: whileRunning(isBeingLookedAt, 400) },
  );
  const look = api.useMutation("post", "/api/v1/messaging/messages/{id}/merge-proposal/", { meta: { refreshes: [] } });
  const { mutate } = look;
  const isWanted = proposal.data?.is_looked_at === false && proposal.data.workbooks > 0 && look.isIdle;
  useEffect(() => {
    if (isWanted) {
      mutate({ params: { path: { id: messageId } } });
    }
  }, [isWanted, mutate, messageId]);
  return {
    told: proposal.data,
    error: proposal.error ?? look.error,
    again: () => {
      look.reset();
      void proposal.refetch();
    },
  };
}

/** Proposes how to merge, lets the person choose otherwise, and starts. */
export function MergeStart({ messageId, recipients, isUnderWay, isFirst, onStarted }: MergeStartProps) {
  const params = { path: { id: messageId } };
  const [chosen, setChosen] = useState<Mode | null>(null);
  const { told, error, again } = useProposal(messageId);
  const start = api.useMutation("post", "/api/v1/messaging/messages/{id}/merges/", { onSuccess: onStarted });

  if (error) {
    return <ProblemAlert error={error} title="Nie da się scalić" retry={again} />;
  }
  if (!told) {
    return <LookingAtTemplate />;
  }
  const { mode: proposed, workbooks, fresh, failure } = told;
  if (workbooks === 0) {
    return (
      <Panel title="Nowe scalanie">
        <EmptyState title="Nie ma jeszcze czego scalać">
          Żadna jednostka nie odesłała arkusza. Wróć tu, gdy przyjdą pierwsze odpowiedzi.
        </EmptyState>
      </Panel>
    );
  }
  if (failure) {
    return (
      <Alert color="danger" role="alert" icon={<IconAlertTriangle aria-hidden />} title="Nie da się scalić">
        <Text c="var(--mantine-color-text)">{failure}</Text>
      </Alert>
    );
  }
  if (isBeingLookedAt(told)) {
    return <LookingAtTemplate />;
  }
  const mode = chosen ?? MODES.find(({ value }) => value === proposed)?.value ?? "stack";

  return (
    <Panel title="Nowe scalanie">
      <Stack align="flex-start">
        <Text>{stateOf(workbooks, fresh, recipients)}</Text>
        <Radio.Group
          label="Sposób scalania"
          description="Zaproponowany na podstawie wysłanego szablonu; możesz wybrać inny."
          value={mode}
          onChange={(value) => setChosen(MODES.find((one) => one.value === value)?.value ?? null)}
        >
          <Stack gap="sm" mt="xs">
            {MODES.map(({ value, name, description }) => (
              <Radio
                key={value}
                value={value}
                label={value === proposed ? `${name} (proponowany)` : name}
                description={description}
              />
            ))}
          </Stack>
        </Radio.Group>
        <ProblemAlert error={start.error} />
        <Button
          variant={isFirst ? "filled" : "default"}
          loading={start.isPending}
          disabled={isUnderWay}
          onClick={() => start.mutate({ params, body: { mode } })}
        >
          {`Scal ${counted(workbooks, "arkusz", "arkusze", "arkuszy")}`}
        </Button>
      </Stack>
    </Panel>
  );
}

function LookingAtTemplate() {
  return (
    <Panel title="Nowe scalanie">
      <Text role="status" c="dimmed">
        Oglądam szablon, żeby zaproponować sposób scalania…
      </Text>
    </Panel>
  );
}
