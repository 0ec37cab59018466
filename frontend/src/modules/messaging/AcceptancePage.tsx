import { Alert, Stack, Text } from "@mantine/core";
import { IconCircleCheck, IconClock, IconInfoCircle } from "@tabler/icons-react";
import { useParams } from "react-router";
import { api } from "@/api/client";
import { ButtonLink } from "@/ui/ButtonLink";
import { FileLinks } from "@/ui/FileLinks";
import { formatDateTime } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { TroubleAlert } from "@/ui/TroubleAlert";
import { READING } from "@/ui/widths";
import { type Acceptance, AcceptedMessage } from "./AcceptedMessage";
import { MESSAGING } from "./nouns";
import { VerdictForm } from "./VerdictForm";

/** A message that waits for acceptance, for whoever accepts it and for its author. */
export function AcceptancePage() {
  const { id = "" } = useParams();
  const { data: acceptance } = api.useSuspenseQuery("get", "/api/v1/messaging/acceptances/{message_id}/", {
    params: { path: { message_id: id } },
  });
  const decide = api.useMutation("post", "/api/v1/messaging/acceptances/{message_id}/", {
    meta: { refreshes: [MESSAGING, "/api/v1/procedures/"], isRereadWhenRefused: true },
    onSuccess: ({ state }, { body }) => {
      const accepted = state === "accepted" ? "Zaakceptowano i wysłano." : "Zaakceptowano. Czeka na następną osobę.";
      notifyDone(body.verdict === "accept" ? accepted : "Zwrócono autorowi.");
    },
  });
  const { message, version } = acceptance;

  return (
    <>
      <PageHeader
        title="Akceptacja wiadomości"
        description={`Prosi ${message.author.name}, ${formatDateTime(acceptance.asked_at)}`}
      />
      <Stack maw={READING}>
        <TroubleAlert sentence={acceptance.trouble} />
        <Standing acceptance={acceptance} />
        <AcceptedMessage
          acceptance={acceptance}
          files={
            message.attachments.length > 0 && (
              <FileLinks
                label="Załączniki"
                files={message.attachments}
                addressOf={(file) => `${MESSAGING}acceptances/${id}/attachments/${file}/download/`}
              />
            )
          }
        />
        {acceptance.can.length > 0 && (
          <Panel title="Twoja decyzja">
            <VerdictForm
              sends={acceptance.sends}
              isWorking={decide.isPending}
              error={decide.error}
              onDecide={(verdict, reason) =>
                decide.mutate({ params: { path: { message_id: id } }, body: { verdict, reason, version } })
              }
            />
          </Panel>
        )}
      </Stack>
    </>
  );
}

function Standing({ acceptance: { state, can, blocked, message } }: { acceptance: Acceptance }) {
  if (state === "accepted") {
    return (
      <Alert color="success" icon={<IconCircleCheck aria-hidden />} title="Zaakceptowana i wysłana" role="status">
        <ButtonLink to={`/messaging/messages/${message.id}`} variant="default">
          Zobacz, kto ją otrzymał
        </ButtonLink>
      </Alert>
    );
  }
  if (state === "returned") {
    return (
      <Alert color="caution" icon={<IconInfoCircle aria-hidden />} title="Zwrócona autorowi" role="status">
        <ButtonLink to={`/messaging/compose/${message.id}`} variant="default">
          Otwórz szkic
        </ButtonLink>
      </Alert>
    );
  }
  if (can.length > 0) {
    return null;
  }
  return (
    <Alert color="navy" icon={<IconClock aria-hidden />} title="Czeka na akceptację" role="status">
      <Text c="var(--mantine-color-text)">
        {blocked || "Do tego czasu wiadomości nie można zmienić. Powiadomimy autora o decyzji."}
      </Text>
    </Alert>
  );
}
