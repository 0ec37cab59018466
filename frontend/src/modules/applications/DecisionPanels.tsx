import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { api } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { DateTimeField } from "@/ui/DateTimeField";
import { DayField } from "@/ui/DayField";
import { EditForm } from "@/ui/EditForm";
import { formatMoney } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";
import { AwardChanges, type Changes } from "./AwardChanges";
import { LettersPanel } from "./LettersPanel";
import type { Recommendation } from "./nouns";

const LABELS = { decision: "Numer zarządzenia", decided_on: "Data zarządzenia", changes: "Zmienione kwoty" };

/** Writing the decision down, unseen, and then publishing it for everybody at once. */
export function DecisionPanels({ shown }: { shown: Recommendation }) {
  return (
    <>
      {shown.can.includes("publish") && <PublishPanel shown={shown} />}
      {shown.can.includes("decide") && <DecidePanel key={shown.state} shown={shown} />}
      {shown.can.includes("letters") && <LettersPanel shown={shown} />}
    </>
  );
}

function DecidePanel({ shown }: { shown: Recommendation }) {
  const decide = api.useMutation("post", "/api/v1/applications/recommendations/{id}/decide/", {
    onSuccess: () => notifyDone("Przygotowano decyzję. Nikt jej nie zobaczy, dopóki jej nie ogłosisz."),
  });
  const [changes, setChanges] = useState<Changes>(changesOf(shown));
  const form = useEdit({
    begin: { decision: shown.decision, decided_on: shown.decided_on },
    labels: LABELS,
    lacking: ({ decision, decided_on }) => ({
      ...(decision.trim() ? {} : { decision: "Podaj numer zarządzenia." }),
      ...(decided_on ? {} : { decided_on: "Podaj datę zarządzenia." }),
    }),
    saving: [decide],
  });
  const isAnew = shown.state === "decided";
  return (
    <Panel title={isAnew ? "Popraw decyzję" : "Decyzja"}>
      <EditForm
        form={form}
        refused="Nie przygotowano decyzji"
        maw={READING}
        save={isAnew ? "Zapisz poprawioną decyzję" : "Przygotuj decyzję"}
        press={isAnew ? { variant: "default" } : undefined}
        onSave={({ decision, decided_on }) =>
          decide.mutate({
            params: { path: { id: shown.id } },
            body: { decision: decision.trim(), decided_on: decided_on ?? "", changes: Object.values(changes) },
          })
        }
      >
        <Text>Decyzja zostanie przygotowana niejawnie: wnioskodawcy dowiedzą się o niej dopiero z ogłoszeniem.</Text>
        <TextInput {...form.input("decision")} maxLength={200} required />
        <DayField {...form.choice("decided_on")} isRequired />
        <AwardChanges rows={shown.rows} value={changes} onChange={setChanges} />
      </EditForm>
    </Panel>
  );
}

/** What a prepared decision has changed already. */
function changesOf({ rows }: Recommendation): Changes {
  const changed = rows.filter(({ award, reason }) => award !== null && reason);
  return Object.fromEntries(
    changed.map((row) => [row.case, { case: row.case, amount: row.amount, reason: row.reason }]),
  );
}

function PublishPanel({ shown }: { shown: Recommendation }) {
  const [isAsking, dialog] = useDisclosure(false);
  const [at, setAt] = useState<string | null>(shown.publish_at);
  const publish = api.useMutation("post", "/api/v1/applications/recommendations/{id}/publish/", {
    meta: { refreshes: ["/api/v1/applications/", "/api/v1/procedures/", "/api/v1/budget/"] },
    onSuccess: ({ state }) => {
      dialog.close();
      notifyDone(state === "awarded" ? "Ogłoszono decyzję." : "Zaplanowano ogłoszenie decyzji.");
    },
  });
  return (
    <Panel title="Ogłoszenie decyzji">
      <Stack maw={READING}>
        <Text>
          Decyzja {shown.decision} jest przygotowana: razem {formatMoney(shown.total)}. Ogłoszenie przyzna środki
          wszystkim w jednej chwili; dopiero wtedy dowiedzą się o tym wnioskodawcy.
        </Text>
        <DateTimeField
          id="publish_at"
          label="Kiedy ogłosić"
          description="Puste: od razu."
          value={at}
          onChange={setAt}
          usualHour="12:00"
        />
        <Group>
          <Button onClick={dialog.open}>{at === null ? "Ogłoś teraz" : "Zaplanuj ogłoszenie"}</Button>
        </Group>
      </Stack>
      <ConfirmDialog
        isOpen={isAsking}
        title={at === null ? "Ogłosić decyzję teraz?" : "Zaplanować ogłoszenie?"}
        confirmLabel={at === null ? "Ogłoś" : "Zaplanuj"}
        isWorking={publish.isPending}
        error={publish.error}
        onClose={dialog.close}
        onConfirm={() => publish.mutate({ params: { path: { id: shown.id } }, body: { at } })}
      >
        Po ogłoszeniu decyzji nie można już zmienić ani zwrócić.
      </ConfirmDialog>
    </Panel>
  );
}
