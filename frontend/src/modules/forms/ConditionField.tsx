import {
  ActionIcon,
  Button,
  Group,
  Input,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { ChoiceField } from "@/ui/ChoiceField";
import { DayField } from "@/ui/DayField";
import { ExpressionField } from "@/ui/ExpressionField";
import type { QuestionDocument } from "@/ui/filling/definition";
import { WHOLE_SELECTED } from "@/ui/wholeSelected";
import classes from "./ConditionField.module.css";
import {
  type Condition,
  firstTerm,
  kindOf,
  needsValue,
  OPERATORS,
  type Operator,
  operatorName,
  readCondition,
  type Term,
  writeCondition,
} from "./conditions";

interface ConditionFieldProps {
  id: string;
  label: string;
  /** What an empty condition means: "zawsze". */
  whenEmpty: string;
  value: string;
  onChange: (expression: string) => void;
  questions: readonly QuestionDocument[];
  /** What the server says is wrong with it. */
  error?: string;
}

/** A condition, put together from questions, or written in the language of expressions. */
export function ConditionField({ id, label, whenEmpty, value, onChange, questions, error }: ConditionFieldProps) {
  const read = readCondition(value, questions);
  const [isWritten, setIsWritten] = useState(read === null);
  // Terms that still lack a value are not in the expression: they live here until they have one.
  const [draft, setDraft] = useState<Condition>(read ?? { joiner: "i", terms: [] });
  const [shown, setShown] = useState(value);

  if (value !== shown) {
    setShown(value);
    if (value !== writeCondition(draft, questions) && read) {
      setDraft(read);
    }
  }

  const change = (next: Condition) => {
    setDraft(next);
    onChange(writeCondition(next, questions));
  };
  const changeTerm = (at: number, term: Term) => change({ ...draft, terms: draft.terms.with(at, term) });

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset keeps a minimum width of its own and breaks on a phone
    <div id={id} role="group" aria-label={label}>
      <Group justify="space-between" gap="xs" mb={4}>
        <Input.Label labelElement="div">{label}</Input.Label>
        {(isWritten || draft.terms.length > 0) && (
          <SegmentedControl
            size="xs"
            aria-label={`${label}: sposób zapisu`}
            value={isWritten ? "text" : "terms"}
            onChange={(next) => {
              if (next === "terms" && read) {
                setDraft(read);
              }
              setIsWritten(next === "text");
            }}
            data={[
              { value: "terms", label: "Z listy", disabled: read === null },
              { value: "text", label: "Wyrażenie" },
            ]}
          />
        )}
      </Group>
      {isWritten ? (
        <Stack gap={4}>
          <ExpressionField aria-label={`${label}: wyrażenie`} value={value} error={error} onChange={onChange} />
          {read === null && (
            <Text size="sm" c="dimmed">
              Tego warunku nie da się złożyć z listy; zmień go tutaj albo wyczyść.
            </Text>
          )}
          {value === "" && (
            <Button
              variant="subtle"
              size="compact-sm"
              style={{ alignSelf: "start" }}
              onClick={() => setIsWritten(false)}
            >
              Wróć do listy
            </Button>
          )}
        </Stack>
      ) : (
        <Stack gap="xs">
          {draft.terms.length === 0 && <Text c="dimmed">{whenEmpty}</Text>}
          {draft.terms.length > 1 && (
            <NativeSelect
              aria-label={`${label}: jak łączyć`}
              value={draft.joiner}
              onChange={(event) => change({ ...draft, joiner: event.currentTarget.value === "lub" ? "lub" : "i" })}
              data={[
                { value: "i", label: "gdy wszystkie są spełnione" },
                { value: "lub", label: "gdy choć jeden jest spełniony" },
              ]}
            />
          )}
          {draft.terms.map((term, at) => (
            <TermRow
              // biome-ignore lint/suspicious/noArrayIndexKey: terms have no names; their inputs hold nothing of their own
              key={at}
              number={at + 1}
              label={label}
              term={term}
              questions={questions}
              onChange={(next) => changeTerm(at, next)}
              onRemove={() => change({ ...draft, terms: draft.terms.toSpliced(at, 1) })}
            />
          ))}
          {error && <Input.Error>{error}</Input.Error>}
          <Group gap="xs">
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconPlus size={16} aria-hidden />}
              disabled={questions.length === 0}
              aria-label={`Dodaj warunek: ${label}`}
              onClick={() => {
                const question = questions[0];
                if (question) {
                  change({ ...draft, terms: [...draft.terms, firstTerm(question)] });
                }
              }}
            >
              Dodaj warunek
            </Button>
            {draft.terms.length === 0 && (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={`Napisz wyrażenie: ${label}`}
                onClick={() => setIsWritten(true)}
              >
                Napisz wyrażenie
              </Button>
            )}
          </Group>
        </Stack>
      )}
    </div>
  );
}

interface TermRowProps {
  number: number;
  label: string;
  term: Term;
  questions: readonly QuestionDocument[];
  onChange: (term: Term) => void;
  onRemove: () => void;
}

function TermRow({ number, label, term, questions, onChange, onRemove }: TermRowProps) {
  const question = questions.find(({ key }) => key === term.question);
  const kind = kindOf(question);
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    <div className={classes.term} role="group" aria-label={`${label}, warunek ${number}`}>
      <ChoiceField
        label="Pytanie"
        choices={questions.map(({ key, label: name }) => ({ value: key, label: name || key }))}
        value={term.question}
        onChange={(key) => {
          const next = questions.find((one) => one.key === key);
          if (next) {
            onChange(firstTerm(next));
          }
        }}
      />
      <NativeSelect
        label="Porównanie"
        value={term.operator}
        onChange={(event) => onChange({ ...term, operator: event.currentTarget.value as Operator })}
        data={OPERATORS[kind].map((operator) => ({ value: operator, label: operatorName(operator, kind) }))}
      />
      {needsValue(term.operator) && question && (
        <TermValue question={question} value={term.value} onChange={(value) => onChange({ ...term, value })} />
      )}
      <ActionIcon variant="subtle" size="lg" aria-label={`Usuń warunek ${number}: ${label}`} onClick={onRemove}>
        <IconTrash size={18} aria-hidden />
      </ActionIcon>
    </div>
  );
}

interface TermValueProps {
  question: QuestionDocument;
  value: string;
  onChange: (value: string) => void;
}

function TermValue({ question, value, onChange }: TermValueProps) {
  const kind = kindOf(question);
  const choices = question.options?.choices ?? [];
  if (kind === "yes_no" || ((kind === "choice" || kind === "many") && choices.length > 0)) {
    return (
      <NativeSelect
        label="Wartość"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={
          kind === "yes_no"
            ? ["tak", "nie"]
            : [
                { value: "", label: "wybierz" },
                ...choices.map((choice) => ({ value: choice.key, label: choice.label })),
              ]
        }
      />
    );
  }
  if (kind === "date") {
    return (
      <DayField
        id={`value-${question.key}`}
        label="Wartość"
        value={value || null}
        onChange={(day) => onChange(day ?? "")}
      />
    );
  }
  return (
    <TextInput
      label="Wartość"
      {...(kind === "number" && { inputMode: "decimal", ...WHOLE_SELECTED })}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
