import { ActionIcon, Button, Fieldset, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { APPLICANT, type Draft, type Effect } from "./draft";
import { useLetterTemplates } from "./useLetterTemplates";
import type { Vocabulary } from "./vocabulary";

interface EffectFieldsProps {
  value: readonly Effect[];
  draft: Draft;
  vocabulary: Vocabulary;
  onChange: (effects: Effect[]) => void;
  error?: string;
}

const LETTER = "letter";
const NOTIFY = "notify";
const HOUSE = [
  { code: LETTER, label: "utwórz pismo" },
  { code: NOTIFY, label: "powiadom" },
];

/** What else happens when the button is pressed. */
export function EffectFields({ value, draft, vocabulary, onChange, error }: EffectFieldsProps) {
  const kinds = [...HOUSE, ...vocabulary.effects.filter(({ code }) => HOUSE.every((one) => one.code !== code))];
  const change = (index: number, effect: Effect) => onChange(value.with(index, effect).slice());

  return (
    <Fieldset legend="Skutki">
      <Stack gap="sm">
        {value.length === 0 && (
          <Text size="sm" c="dimmed">
            Tylko przejście do następnego etapu.
          </Text>
        )}
        {value.map((effect, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: effects have no names of their own, only an order
          <Group key={index} align="flex-end" gap="xs" wrap="nowrap">
            <Group gap="xs" flex={1} align="flex-end">
              <NativeSelect
                label={`Skutek ${index + 1}`}
                flex="1 1 10rem"
                data={kinds.map(({ code, label }) => ({ value: code, label }))}
                value={effect.kind}
                onChange={(event) => change(index, { kind: event.currentTarget.value })}
              />
              {effect.kind === LETTER && <LetterChoice effect={effect} onChange={(next) => change(index, next)} />}
              {effect.kind === NOTIFY && (
                <NotifyFields effect={effect} draft={draft} onChange={(next) => change(index, next)} />
              )}
            </Group>
            <ActionIcon
              variant="subtle"
              size="lg"
              aria-label={`Usuń skutek ${index + 1}`}
              onClick={() => onChange(value.toSpliced(index, 1))}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        {error && (
          <Text size="sm" c="var(--mantine-color-error)">
            {error}
          </Text>
        )}
        <div>
          <Button
            variant="default"
            size="sm"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => onChange([...value, { kind: LETTER }])}
          >
            Dodaj skutek
          </Button>
        </div>
      </Stack>
    </Fieldset>
  );
}

interface OneEffectProps {
  effect: Effect;
  onChange: (effect: Effect) => void;
}

function LetterChoice({ effect, onChange }: OneEffectProps) {
  const templates = (useLetterTemplates() ?? []).filter((one) => !one.is_archived || one.key === effect.template);
  const chosen = effect.template ?? "";
  const isKnown = chosen === "" || templates.some(({ key }) => key === chosen);
  return (
    <NativeSelect
      label="Wzór pisma"
      flex="1 1 12rem"
      data={[
        { value: "", label: "wybierz wzór" },
        ...templates.map(({ key, name }) => ({ value: key, label: name })),
        ...(isKnown ? [] : [{ value: chosen, label: chosen }]),
      ]}
      value={chosen}
      onChange={(event) => onChange({ ...effect, template: event.currentTarget.value })}
    />
  );
}

function NotifyFields({ effect, draft, onChange }: OneEffectProps & { draft: Draft }) {
  return (
    <>
      <NativeSelect
        label="Kogo"
        flex="1 1 10rem"
        data={[
          { value: "", label: "wybierz" },
          { value: APPLICANT, label: "wnioskodawcę" },
          ...draft.functions.map(({ key, name }) => ({ value: key, label: name })),
        ]}
        value={effect.who ?? ""}
        onChange={(event) => onChange({ ...effect, who: event.currentTarget.value })}
      />
      <TextInput
        label="Treść"
        flex="2 1 14rem"
        value={effect.sentence ?? ""}
        onChange={(event) => onChange({ ...effect, sentence: event.currentTarget.value })}
      />
    </>
  );
}
