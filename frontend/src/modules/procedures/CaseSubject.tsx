import { Stack, Text } from "@mantine/core";
import { FactList } from "@/ui/FactList";
import { Panel } from "@/ui/Panel";
import { TextLink } from "@/ui/TextLink";
import classes from "./CaseSubject.module.css";
import type { CaseDetails } from "./nouns";

interface Subject {
  label: string;
  url: string;
  facts: readonly { label: string; value: string }[];
  /** Exactly what is decided upon; it does not change while the case is open. */
  text: string;
}

/** The record of another module that the case decides upon, such as a message before it leaves. */
export function CaseSubject({ matter }: { matter: CaseDetails }) {
  const subject = matter.subject as Subject | null; // JSON of the module; the API calls it any
  if (!subject) {
    return null;
  }
  return (
    <Panel title={subject.label}>
      <Stack gap="sm">
        <FactList facts={subject.facts.map(({ label, value }) => [label, value] as const)} />
        {subject.text && <Text className={classes.text}>{subject.text}</Text>}
        {subject.url && <TextLink to={subject.url}>Otwórz: {subject.label.toLocaleLowerCase("pl")}</TextLink>}
      </Stack>
    </Panel>
  );
}
