import { Button } from "@mantine/core";
import { ButtonLink } from "@/ui/ButtonLink";
import { type Fact, FactStrip } from "@/ui/FactStrip";
import { RelativeDue } from "@/ui/RelativeDue";
import { StatusBadge } from "@/ui/StatusBadge";
import { addressOf, nextIn, sinceOf, stateOf, unfilledIn, whoOf } from "./caseWords";
import type { CaseDetails } from "./nouns";

interface CaseFactsProps {
  matter: CaseDetails;
  ask: (action: string) => void;
}

/** Whose move it is, until when, how much, what came of it; and the one thing to do next. */
export function CaseFacts({ matter, ask }: CaseFactsProps) {
  const toFill = unfilledIn(matter);
  const next = nextIn(matter);
  return (
    <FactStrip
      facts={factsOf(matter)}
      brief={next || toFill ? "Twój ruch" : undefined}
      action={
        toFill ? (
          <ButtonLink to={addressOf(toFill, matter)}>Wypełnij: {toFill.title}</ButtonLink>
        ) : (
          next && <Button onClick={() => ask(next.action)}>{next.label}</Button>
        )
      }
    />
  );
}

/** What was granted, before that what was asked for. */
const sumIn = ({ findings }: CaseDetails) =>
  ["granted", "requested"]
    .map((code) => findings.find((one) => one.code === code))
    .filter((one) => one !== undefined)
    .map(({ label, value }) => `${value} (${label.toLocaleLowerCase("pl")})`)[0];

function factsOf(matter: CaseDetails): readonly Fact[] {
  const { ball } = matter;
  const { text, tone } = stateOf(matter);
  const state = <StatusBadge tone={tone}>{text}</StatusBadge>;
  if (matter.state === "closed") {
    return [
      { name: "Czyj ruch", value: "Sprawa jest zakończona. Na nikogo już nie czeka." },
      { name: "Co z niej wyszło", value: state },
      { name: "Ile", value: sumIn(matter) },
    ];
  }
  const since = sinceOf(ball);
  return [
    {
      name: "Czyj ruch",
      value: (
        <>
          {whoOf(ball)} {since && <small>{since}</small>}
        </>
      ),
    },
    {
      name: ball.side === "applicant" && matter.is_from_office ? "Termin wnioskodawcy" : "Termin",
      value: ball.due_at && <RelativeDue at={ball.due_at} />,
    },
    { name: "Termin urzędu", value: ball.is_paused && matter.is_from_office && "stoi, dopóki czeka na wnioskodawcę" },
    { name: "Ile", value: sumIn(matter) },
    { name: "Etap", value: matter.stage.name },
    { name: "Stan", value: state },
  ];
}
