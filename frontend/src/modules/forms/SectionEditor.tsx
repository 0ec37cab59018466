import { Button, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { QuestionDocument, SectionDocument } from "@/ui/filling/definition";
import { Panel } from "@/ui/Panel";
import { ConditionField } from "./ConditionField";
import type { FaultsInside } from "./faults";
import { KeyField } from "./KeyField";

interface SectionEditorProps {
  section: SectionDocument;
  /** Questions of other sections, which the condition may ask about. */
  others: readonly QuestionDocument[];
  faults: FaultsInside;
  onChange: (changes: Partial<SectionDocument>, what: string) => void;
  onRename: (key: string) => void;
  onNamed: () => void;
  onRemove: () => void;
  isFixed: (path: string) => boolean;
}

export function SectionEditor(props: SectionEditorProps) {
  const { section, others, faults, onChange, onRename, onNamed, onRemove, isFixed } = props;
  return (
    <Panel
      title="Sekcja"
      actions={
        <Button variant="subtle" size="compact-sm" leftSection={<IconTrash size={16} aria-hidden />} onClick={onRemove}>
          Usuń z pytaniami
        </Button>
      }
    >
      <Stack gap="md">
        {faults.get("") && <Text c="var(--mantine-color-error)">{faults.get("")}</Text>}
        <TextInput
          id="title"
          label="Tytuł sekcji"
          value={section.title}
          onChange={(event) => onChange({ title: event.currentTarget.value }, "zmianę tytułu")}
          onBlur={onNamed}
          error={faults.get("title")}
        />
        <Textarea
          id="description"
          label="Opis pod tytułem"
          autosize
          minRows={2}
          value={section.description ?? ""}
          onChange={(event) => onChange({ description: event.currentTarget.value }, "zmianę opisu")}
          error={faults.get("description")}
        />
        <ConditionField
          id="show"
          label="Pokazuj sekcję, gdy"
          whenEmpty="zawsze"
          value={section.show ?? ""}
          onChange={(show) => onChange({ show }, "zmianę warunku")}
          questions={others}
          error={faults.get("show")}
        />
        <KeyField
          key={section.key}
          value={section.key}
          isFixed={isFixed(section.key)}
          onChange={onRename}
          error={faults.get("key")}
        />
      </Stack>
    </Panel>
  );
}
