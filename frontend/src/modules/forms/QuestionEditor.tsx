import { Accordion, Button, Checkbox, Group, NativeSelect, Stack, Text, Textarea } from "@mantine/core";
import { IconCopy, IconTrash } from "@tabler/icons-react";
import { ExpressionField } from "@/ui/ExpressionField";
import { isSilent, type QuestionDocument, type QuestionType } from "@/ui/filling/definition";
import { Panel } from "@/ui/Panel";
import { ChecksEditor } from "./ChecksEditor";
import { ConditionField } from "./ConditionField";
import type { FaultsInside } from "./faults";
import { HiddenField } from "./HiddenField";
import { IdentifyingField } from "./IdentifyingField";
import { KeyField } from "./KeyField";
import { TYPE_GROUPS, TYPE_LABELS } from "./nouns";
import { PrefillField } from "./PrefillField";
import { QuestionOptions } from "./QuestionOptions";

interface QuestionEditorProps {
  question: QuestionDocument;
  /** The other questions, which conditions may ask about. */
  others: readonly QuestionDocument[];
  dictionaries: readonly { key: string; name: string }[];
  faults: FaultsInside;
  onChange: (changes: Partial<QuestionDocument>, what: string) => void;
  onRename: (key: string) => void;
  /** The label was finished: a new question may get its key from it. */
  onNamed: () => void;
  onRepeat: () => void;
  onRemove: () => void;
  /** Whether a key of this form, or "question/inner", is carried by answers already. */
  isFixed: (path: string) => boolean;
}

const COMPUTED = new Set<QuestionType>([
  "short_text",
  "long_text",
  "number",
  "money",
  "percent",
  "date",
  "yes_no",
  "single_choice",
  "email",
  "phone",
  "pesel",
  "nip",
  "regon",
  "iban",
]);

/** Everything about one question. */
export function QuestionEditor(props: QuestionEditorProps) {
  const { question, others, dictionaries, faults, onChange, onRename, onNamed, onRepeat, onRemove, isFixed } = props;
  const isAsking = !isSilent(question.type);

  return (
    <Panel
      title={TYPE_LABELS[question.type]}
      actions={
        <Group gap={4}>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconCopy size={16} aria-hidden />}
            onClick={onRepeat}
          >
            Powiel
          </Button>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={onRemove}
          >
            Usuń
          </Button>
        </Group>
      }
    >
      <Stack gap="md">
        {faults.get("") && <Text c="var(--mantine-color-error)">{faults.get("")}</Text>}
        <Textarea
          id="label"
          label={isAsking ? "Pytanie" : "Tekst"}
          autosize
          minRows={1}
          value={question.label}
          onChange={(event) => onChange({ label: event.currentTarget.value }, "zmianę treści")}
          onBlur={onNamed}
          error={faults.get("label")}
        />
        <Textarea
          id="help"
          label={isAsking ? "Objaśnienie pod pytaniem" : "Treść"}
          description={isAsking ? undefined : "Można użyć **pogrubienia**, *kursywy*, list i odnośników."}
          autosize
          minRows={isAsking ? 1 : 3}
          value={question.help ?? ""}
          onChange={(event) => onChange({ help: event.currentTarget.value }, "zmianę objaśnienia")}
          error={faults.get("help")}
        />
        <NativeSelect
          label="Rodzaj"
          value={question.type}
          onChange={(event) => onChange(retyped(question, event.currentTarget.value as QuestionType), "zmianę rodzaju")}
          data={TYPE_GROUPS.map(({ group, types }) => ({
            group,
            items: types.map((type) => ({ value: type, label: TYPE_LABELS[type] })),
          }))}
          error={faults.get("type")}
        />
        {isAsking && (
          <Checkbox
            label="Odpowiedź jest wymagana"
            checked={question.required ?? false}
            onChange={(event) => onChange({ required: event.currentTarget.checked }, "zmianę wymagania")}
            error={faults.get("required")}
          />
        )}
        <QuestionOptions
          question={question}
          onChange={(options) => onChange({ options }, "zmianę ustawień")}
          dictionaries={dictionaries}
          faults={faults}
          isFixed={(inner) => isFixed(`${question.key}/${inner}`)}
        />
        {isAsking && (
          <IdentifyingField
            type={question.type}
            options={question.options ?? {}}
            onChange={(options) => onChange({ options }, "zmianę tego, co widzi komisja")}
            error={faults.get("options/identifying")}
          />
        )}
        <ConditionField
          id="show"
          label="Pokazuj, gdy"
          whenEmpty="zawsze"
          value={question.show ?? ""}
          onChange={(show) => onChange({ show }, "zmianę warunku")}
          questions={others}
          error={faults.get("show")}
        />
        {isAsking && (
          <Accordion variant="contained" multiple keepMounted={false} defaultValue={opened(question)}>
            <Accordion.Item value="rules">
              <Accordion.Control>Reguły i wyliczenia</Accordion.Control>
              <Accordion.Panel>
                <Stack gap="md">
                  {!question.required && (
                    <ConditionField
                      id="required_when"
                      label="Wymagaj, gdy"
                      whenEmpty="nigdy"
                      value={question.required_when ?? ""}
                      onChange={(next) => onChange({ required_when: next }, "zmianę warunku")}
                      questions={others}
                      error={faults.get("required_when")}
                    />
                  )}
                  {COMPUTED.has(question.type) && (
                    <ExpressionField
                      id="compute"
                      label="Obliczaj z wyrażenia"
                      description="np. suma(budzet.kwota) albo zaokrągl(koszt * 0.8, 2)"
                      value={question.compute ?? ""}
                      onChange={(compute) => onChange({ compute }, "zmianę wyliczenia")}
                      error={faults.get("compute")}
                    />
                  )}
                  {COMPUTED.has(question.type) && (question.compute || question.options?.hidden) && (
                    <HiddenField
                      options={question.options ?? {}}
                      onChange={(options) => onChange({ options }, "zmianę widoczności")}
                      error={faults.get("options/hidden")}
                    />
                  )}
                  <ChecksEditor
                    checks={question.checks ?? []}
                    onChange={(checks) => onChange({ checks }, "zmianę sprawdzeń")}
                    faults={faults}
                  />
                </Stack>
              </Accordion.Panel>
            </Accordion.Item>
            <Accordion.Item value="more">
              <Accordion.Control>Wartość na początek i klucz</Accordion.Control>
              <Accordion.Panel>
                <Stack gap="md">
                  <PrefillField
                    type={question.type}
                    value={question.prefill ?? ""}
                    onChange={(prefill) => onChange({ prefill }, "zmianę wartości na początek")}
                    error={faults.get("prefill")}
                  />
                  {COMPUTED.has(question.type) && (
                    <ExpressionField
                      id="default"
                      label="Domyślna odpowiedź (wyrażenie)"
                      value={question.default ?? ""}
                      onChange={(next) => onChange({ default: next }, "zmianę odpowiedzi domyślnej")}
                      error={faults.get("default")}
                    />
                  )}
                  <KeyField
                    key={question.key}
                    value={question.key}
                    isFixed={isFixed(question.key)}
                    onChange={onRename}
                    error={faults.get("key")}
                  />
                </Stack>
              </Accordion.Panel>
            </Accordion.Item>
          </Accordion>
        )}
      </Stack>
    </Panel>
  );
}

/** What is set is seen at once. */
function opened({ required_when, compute, checks, prefill, default: usual }: QuestionDocument): string[] {
  return [...(required_when || compute || checks?.length ? ["rules"] : []), ...(prefill || usual ? ["more"] : [])];
}

/** What of a question stays when its type changes: options that the new type knows too. */
function retyped(question: QuestionDocument, type: QuestionType): Partial<QuestionDocument> {
  const isChoice = (one: QuestionType) => one === "single_choice" || one === "multiple_choice";
  const isNumber = (one: QuestionType) => one === "number" || one === "money" || one === "percent";
  const { choices, dictionary, min, max, max_length } = question.options ?? {};
  const kept =
    isChoice(type) && isChoice(question.type)
      ? { choices, dictionary }
      : isNumber(type) && isNumber(question.type)
        ? { min, max }
        : type.endsWith("_text") && question.type.endsWith("_text")
          ? { max_length }
          : {};
  const options = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
  const begun =
    isChoice(type) && Object.keys(options).length === 0
      ? { choices: [1, 2].map((number) => ({ key: `odpowiedz_${number}`, label: `Odpowiedź ${number}` })) }
      : type === "table"
        ? { columns: [{ key: "kolumna", type: "short_text" as const, label: "Nazwa" }] }
        : type === "personal_data"
          ? { of: "pupil" as const, fields: ["first_name", "last_name"] }
          : options;
  return {
    type,
    options: begun,
    ...(isSilent(type)
      ? { required: false, required_when: "", compute: "", default: "", checks: [], prefill: "" }
      : {}),
    ...(COMPUTED.has(type) ? {} : { compute: "", default: "" }),
  };
}
