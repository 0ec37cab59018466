import { Alert, List, Stack, Text } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { useParams } from "react-router";
import { api } from "@/api/client";
import { FactStrip } from "@/ui/FactStrip";
import { Fold } from "@/ui/Fold";
import { counted, formatDate, formatDateTime, formatMoney } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { StatusBadge } from "@/ui/StatusBadge";
import { TroubleAlert } from "@/ui/TroubleAlert";
import { DecisionPanels } from "./DecisionPanels";
import { RECOMMENDATION_STATES, type Recommendation } from "./nouns";
import { PapersPanel } from "./PapersPanel";
import { PaymentsPanel } from "./PaymentsPanel";
import { RecommendedRows } from "./RecommendedRows";
import { SendBackButton } from "./SendBackButton";
import { VerdictPanel } from "./VerdictPanel";

const isWaiting = ({ papers, rows, state }: Recommendation): boolean =>
  papers.some((one) => one.state === "waiting") ||
  (state === "awarded" && rows.some((one) => one.state === "waiting" || one.letter?.state === "waiting"));

/** A division of money on its way up: who has approved it, what was decided, and its documents. */
export function RecommendationPage() {
  const { id = "" } = useParams();
  const { data: shown } = api.useSuspenseQuery(
    "get",
    "/api/v1/applications/recommendations/{id}/",
    { params: { path: { id } } },
    { refetchInterval: ({ state: { data } }) => (data && isWaiting(data) ? 2_000 : false) },
  );
  const { approval, call, can } = shown;
  const state = RECOMMENDATION_STATES[shown.state];
  const mayDivide = can.includes("document");

  return (
    <>
      <PageHeader
        title="Rekomendacja podziału środków"
        description={call.title}
        back={mayDivide ? { to: `/applications/calls/${call.id}/division`, label: "Podział środków" } : undefined}
      />
      <Stack gap="xl">
        <FactStrip
          facts={[
            { name: "Stan", value: <StatusBadge tone={state.tone}>{state.text}</StatusBadge> },
            { name: "Czeka na", value: approval.waits_for.join(", ") },
            { name: "Wnioski", value: counted(shown.rows.length, "wniosek", "wnioski", "wniosków") },
            { name: "Razem", value: formatMoney(shown.total) },
            {
              name: "Zarządzenie",
              value: shown.decision && `${shown.decision} z ${formatDate(shown.decided_on ?? "")}`,
            },
            { name: "Ogłoszenie", value: shown.publish_at && formatDateTime(shown.publish_at) },
          ]}
        />
        <TroubleAlert sentence={shown.trouble} />
        {shown.state === "sent_back" && (
          <Alert color="caution" title="Zwrócona">
            <Text c="var(--mantine-color-text)">Powód: {shown.reason}</Text>
          </Alert>
        )}
        {approval.waits_for.length > 0 && !can.includes("approve") && (
          <Alert color="navy" icon={<IconClock aria-hidden />} title="Czeka na zatwierdzenie" role="status">
            <Text c="var(--mantine-color-text)">
              {[approval.blocked, `Teraz zatwierdza: ${approval.waits_for.join(", ")}.`].filter(Boolean).join(" ")}
            </Text>
          </Alert>
        )}
        {(can.includes("approve") || can.includes("return")) && <VerdictPanel shown={shown} />}
        <DecisionPanels shown={shown} />
        <RecommendedRows shown={shown} />
        {mayDivide && <PapersPanel shown={shown} />}
        {can.includes("pay") && <PaymentsPanel shown={shown} />}
        {approval.steps.length > 0 && (
          <Fold title="Kto i kiedy zatwierdził" note={counted(approval.steps.length, "krok", "kroki", "kroków")}>
            <List>
              {approval.steps.map((one) => (
                <List.Item key={one.at}>
                  {formatDateTime(one.at)}: {one.deed}, {one.who}
                  {one.function && ` (${one.function})`}
                  {one.in_place_of && `, w zastępstwie: ${one.in_place_of}`}
                  {one.reason && `. Powód: ${one.reason}`}
                </List.Item>
              ))}
            </List>
          </Fold>
        )}
        {can.includes("send_back") && (
          <Panel title="Inny podział">
            <Stack gap="xs" align="flex-start">
              <Text>Zwrócona rekomendacja zwalnia środki; potem można zarekomendować inny wariant.</Text>
              <SendBackButton id={shown.id} />
            </Stack>
          </Panel>
        )}
      </Stack>
    </>
  );
}
