import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import type { Answers } from "@/ui/filling/definition";
import { formatDate } from "@/ui/format";
import { Panel } from "@/ui/Panel";
import { RelativeDue } from "@/ui/RelativeDue";
import { StatusBadge } from "@/ui/StatusBadge";
import { ActionDialog } from "./ActionDialog";
import classes from "./CaseOpinions.module.css";
import type { CaseDetails, CaseOpinion } from "./nouns";
import { keyOf, questionAbout } from "./opinionActs";

/** Who was asked what, and what they answered; a reminder and a withdrawal stand beside each question. */
export function CaseOpinions({ matter }: { matter: CaseDetails }) {
  const [asked, setAsked] = useState<{ action: string; known: Answers } | null>(null);
  return (
    <Panel title="Opinie">
      <ul className={classes.list}>
        {matter.opinions.map((opinion) => (
          <li key={opinion.id} className={classes.opinion}>
            <Group justify="space-between" gap="xs">
              <Text fw={600}>{opinion.whom}</Text>
              <OpinionState opinion={opinion} />
            </Group>
            <Text>{opinion.question}</Text>
            <Text size="sm" c="dimmed">
              Pytanie z {formatDate(opinion.asked_at)}
              {opinion.asked_by && `, zadaje: ${opinion.asked_by}`}
              {opinion.reminded_at && `, ponaglono ${formatDate(opinion.reminded_at)}`}
            </Text>
            {opinion.answer && <blockquote className={classes.answer}>{opinion.answer}</blockquote>}
            {opinion.answered_by && opinion.answered_by !== opinion.whom && (
              <Text size="sm" c="dimmed">
                Odpowiedź: {opinion.answered_by}
              </Text>
            )}
            <Group gap="xs" mt={4}>
              {matter.actions.map((action) => {
                const question = questionAbout(action, opinion);
                return (
                  question &&
                  action.blocked === null && (
                    <Button
                      key={action.action}
                      variant="default"
                      size="compact-sm"
                      aria-label={`${action.label}: ${opinion.whom}`}
                      onClick={() => setAsked({ action: action.action, known: { [question.key]: keyOf(opinion) } })}
                    >
                      {action.label}
                    </Button>
                  )
                );
              })}
            </Group>
          </li>
        ))}
      </ul>
      <ActionDialog
        matter={matter}
        action={asked?.action ?? null}
        known={asked?.known}
        onClose={() => setAsked(null)}
      />
    </Panel>
  );
}

const VERDICTS: Readonly<Record<string, string>> = { yes: "opinia: tak", no: "opinia: nie" };

function OpinionState({ opinion }: { opinion: CaseOpinion }) {
  if (opinion.revoked_at) {
    return <StatusBadge tone="neutral">cofnięto {formatDate(opinion.revoked_at)}</StatusBadge>;
  }
  if (opinion.answered_at) {
    return (
      <StatusBadge tone={opinion.verdict === "no" ? "danger" : "success"}>
        {VERDICTS[opinion.verdict] ?? "odpowiedź"} ({formatDate(opinion.answered_at)})
      </StatusBadge>
    );
  }
  return <RelativeDue at={opinion.due_at} />;
}
