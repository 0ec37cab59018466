import { Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { FormDocument } from "@/ui/filling/definition";
import { Panel } from "@/ui/Panel";
import { ChecksEditor } from "./ChecksEditor";
import { askable } from "./draft";
import type { FaultsInside } from "./faults";

interface WholeEditorProps {
  form: FormDocument;
  /** What the city calls the form in its lists. */
  name: string;
  description: string;
  onRename: (changes: { name?: string; description?: string }) => void;
  onChange: (changes: Partial<FormDocument>, what: string) => void;
  faults: FaultsInside;
}

/** What belongs to a form as a whole. */
export function WholeEditor({ form, name, description, onRename, onChange, faults }: WholeEditorProps) {
  return (
    <Panel title="Cały formularz">
      <Stack gap="md">
        {faults.get("") && <Text c="var(--mantine-color-error)">{faults.get("")}</Text>}
        <TextInput
          id="name"
          label="Nazwa na liście formularzy"
          value={name}
          onChange={(event) => onRename({ name: event.currentTarget.value })}
          error={name.trim() ? undefined : "Formularz musi mieć nazwę."}
        />
        <Textarea
          id="form-description"
          label="Opis dla urzędu"
          description="Widzą go tylko układający formularze."
          autosize
          minRows={1}
          value={description}
          onChange={(event) => onRename({ description: event.currentTarget.value })}
        />
        <TextInput
          id="form-title"
          label="Tytuł dla wypełniających"
          value={form.title}
          onChange={(event) => onChange({ title: event.currentTarget.value }, "zmianę tytułu")}
          error={faults.get("title")}
        />
        <Textarea
          id="introduction"
          label="Wstęp"
          description="Co trzeba wiedzieć przed wypełnieniem. Można użyć **pogrubienia**, *kursywy*, list i odnośników."
          autosize
          minRows={3}
          value={form.introduction ?? ""}
          onChange={(event) => onChange({ introduction: event.currentTarget.value }, "zmianę wstępu")}
          error={faults.get("introduction")}
        />
        <ChecksEditor
          checks={form.checks ?? []}
          onChange={(checks) => onChange({ checks }, "zmianę sprawdzeń")}
          faults={faults}
          places={askable(form)}
        />
      </Stack>
    </Panel>
  );
}
