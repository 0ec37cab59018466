import { Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconCheck, IconPointFilled } from "@tabler/icons-react";
import { formatDate } from "@/ui/format";
import { Panel } from "@/ui/Panel";
import { RelativeDue } from "@/ui/RelativeDue";
import { StatusBadge } from "@/ui/StatusBadge";
import classes from "./CaseWhere.module.css";
import { sinceOf, whoOf } from "./caseWords";
import type { CaseDetails } from "./nouns";

const STATES = { done: "za nami", now: "teraz", ahead: "przed nami" } as const;

/** Where the matter is on its way, whose move it is, since when and until when. */
export function CaseWhere({ matter }: { matter: CaseDetails }) {
  return (
    <Panel title="Gdzie jest sprawa">
      <Stack>
        <ol className={classes.path} aria-label="Etapy sprawy">
          {matter.path.map((step) => (
            <li
              key={step.key}
              className={classes.step}
              data-state={step.state}
              aria-current={step.state === "now" ? "step" : undefined}
            >
              {step.state === "done" && <IconCheck size={16} aria-hidden />}
              {step.state === "now" && <IconPointFilled size={16} aria-hidden />}
              <span>{step.name}</span>
              <VisuallyHidden> ({STATES[step.state]})</VisuallyHidden>
            </li>
          ))}
        </ol>
        <Ball matter={matter} />
        <Why matter={matter} />
        <Findings matter={matter} />
        {matter.is_from_office && matter.public_stage !== matter.stage.name && (
          <Text size="sm" c="dimmed">
            Wnioskodawca widzi: „{matter.public_stage}”.
          </Text>
        )}
      </Stack>
    </Panel>
  );
}

function Ball({ matter }: { matter: CaseDetails }) {
  const { ball } = matter;
  if (matter.state === "closed") {
    return <Text>Sprawa jest zakończona. Na nikogo już nie czeka.</Text>;
  }
  const since = sinceOf(ball);
  return (
    <div className={classes.ball}>
      <span>
        Czyj ruch: <strong>{whoOf(ball)}</strong>
        {since && <span className={classes.since}> {since}</span>}
      </span>
      {ball.due_at && (
        <span className={classes.due}>
          {ball.side === "applicant" && matter.is_from_office ? "Termin wnioskodawcy" : "Termin"}:{" "}
          <RelativeDue at={ball.due_at} />
        </span>
      )}
      {ball.is_paused && matter.is_from_office && (
        <StatusBadge tone="neutral">termin urzędu stoi, dopóki czeka na wnioskodawcę</StatusBadge>
      )}
    </div>
  );
}

/** What was said when the matter came to where it stands: what has to be corrected, why it was refused. */
function Why({ matter }: { matter: CaseDetails }) {
  const { why } = matter;
  if (!why) {
    return null;
  }
  return (
    <section className={classes.why} aria-label="Dlaczego">
      <Text size="sm" c="dimmed">
        {why.label} · {why.by}, {formatDate(why.at)}
      </Text>
      <Text className={classes.sentence}>{why.sentence}</Text>
    </section>
  );
}

/** Sums, numbers and days that the matter has come to. */
function Findings({ matter }: { matter: CaseDetails }) {
  const told = matter.findings.filter(({ value }) => value !== matter.why?.sentence);
  if (told.length === 0) {
    return null;
  }
  return (
    <dl className={classes.findings} aria-label="Co ustalono">
      {told.map(({ code, label, value, stage }) => (
        <div key={`${stage} ${code}`} data-code={code}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
