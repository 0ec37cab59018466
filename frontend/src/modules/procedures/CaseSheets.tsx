import { Button, Collapse, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Fold } from "@/ui/Fold";
import { SheetSummary } from "@/ui/filling/SheetSummary";
import { counted } from "@/ui/format";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import classes from "./CaseSheets.module.css";
import { addressOf, applicationIn } from "./caseWords";
import type { CaseDetails } from "./nouns";

type Sheet = CaseDetails["sheets"][number];

const STATES: Readonly<Record<string, { text: string; tone: "info" | "success" | "neutral" }>> = {
  draft: { text: "w trakcie wypełniania", tone: "info" },
  submitted: { text: "złożony", tone: "success" },
  withdrawn: { text: "wycofany", tone: "neutral" },
};

/** The notes of officers and whatever is not handed in yet, each with a link to its own screen and its answers on the spot. */
export function CaseSheets({ matter }: { matter: CaseDetails }) {
  const application = applicationIn(matter);
  const others = matter.sheets.filter((sheet) => sheet !== application);
  if (others.length === 0) {
    return null;
  }
  return (
    <Fold title="Formularze sprawy" note={counted(others.length, "formularz", "formularze", "formularzy")}>
      <ul className={classes.list}>
        {others.map((sheet) => (
          <SheetRow key={sheet.id} sheet={sheet} address={addressOf(sheet, matter)} />
        ))}
      </ul>
    </Fold>
  );
}

function SheetRow({ sheet, address }: { sheet: Sheet; address: string }) {
  const [isOpen, answers] = useDisclosure(false);
  const state = STATES[sheet.state] ?? { text: sheet.state, tone: "neutral" as const };
  return (
    <li className={classes.sheet}>
      <div className={classes.head}>
        <Stack gap={2}>
          <TextLink to={address} fw={600}>
            {sheet.title}
          </TextLink>
          <Text size="sm" c="dimmed">
            {sheet.stage}
          </Text>
        </Stack>
        <StatusBadge tone={state.tone}>{state.text}</StatusBadge>
        <Button
          variant="default"
          size="sm"
          aria-expanded={isOpen}
          aria-label={`${isOpen ? "Ukryj" : "Pokaż"} odpowiedzi: ${sheet.title}`}
          onClick={answers.toggle}
        >
          {isOpen ? "Ukryj odpowiedzi" : "Pokaż odpowiedzi"}
        </Button>
      </div>
      <Collapse expanded={isOpen}>{isOpen && <SheetSummary id={sheet.id} />}</Collapse>
    </li>
  );
}
