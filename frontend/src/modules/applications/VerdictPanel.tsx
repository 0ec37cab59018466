import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { IconArrowBackUp, IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { formatMoney } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";
import type { Recommendation } from "./nouns";

const LABELS = { reason: "Co trzeba zmienić" };

/** Approving with one press, or giving back with a reason. */
export function VerdictPanel({ shown }: { shown: Recommendation }) {
  const [isReturning, setIsReturning] = useState(false);
  const decide = api.useMutation("post", "/api/v1/applications/recommendations/{id}/approval/", {
    meta: { refreshes: ["/api/v1/applications/", "/api/v1/procedures/"], isRereadWhenRefused: true },
    onSuccess: (_, { body }) => notifyDone(body.verdict === "approve" ? "Zatwierdzono podział." : "Zwrócono podział."),
  });
  const form = useEdit({ begin: { reason: "" }, labels: LABELS, saving: [decide] });
  const say = (verdict: "approve" | "return", reason: string) =>
    decide.mutate({
      params: { path: { id: shown.id } },
      body: { verdict, reason, version: shown.approval.version ?? undefined },
    });

  return (
    <Panel title="Twoja decyzja">
      {isReturning ? (
        <EditForm
          form={form}
          refused="Nie zapisano"
          save="Zwróć"
          press={{ color: "danger" }}
          cancel={() => setIsReturning(false)}
          cancelWord="Wróć"
          onSave={({ reason }) => say("return", reason.trim())}
        >
          <Textarea
            {...form.input("reason")}
            description="To, co zatwierdzono wcześniej, przestanie się liczyć, a środki wrócą do puli."
            required
            autosize
            minRows={3}
            data-autofocus
          />
        </EditForm>
      ) : (
        <Stack maw={READING}>
          <ProblemAlert title="Nie zapisano" error={decide.error} />
          <Text>
            Zatwierdzasz całą listę poniżej, razem {formatMoney(shown.total)}. Pojedynczych kwot nie można tu zmienić:
            żeby je zmienić, zwróć podział z powodem.
          </Text>
          <Group>
            <Button
              size="md"
              loading={decide.isPending}
              leftSection={<IconCheck size={20} aria-hidden />}
              onClick={() => say("approve", "")}
            >
              Zatwierdź
            </Button>
            <Button
              size="md"
              variant="default"
              disabled={decide.isPending}
              leftSection={<IconArrowBackUp size={20} aria-hidden />}
              onClick={() => setIsReturning(true)}
            >
              Zwróć z powodem
            </Button>
          </Group>
        </Stack>
      )}
    </Panel>
  );
}
