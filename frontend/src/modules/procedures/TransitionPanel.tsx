import { Button, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import { ExpressionField } from "@/ui/ExpressionField";
import type { Chosen } from "./chosen";
import {
  changeTransition,
  type Draft,
  isSame,
  leaveFrom,
  leaving,
  nameOf,
  type Reason,
  removeTransition,
  reorderTransition,
  stageOf,
  type Tone,
  type Transition,
} from "./draft";
import { EffectFields } from "./EffectFields";
import type { ProcedureProblem, StageKind } from "./nouns";
import { faultAt } from "./problems";
import type { Vocabulary } from "./vocabulary";

interface TransitionPanelProps {
  draft: Draft;
  transition: Transition;
  vocabulary: Vocabulary;
  problems: readonly ProcedureProblem[];
  onChange: (draft: Draft) => void;
  onChoose: (chosen: Chosen | null) => void;
}

const TONES: Record<Tone, string> = { neutral: "zwykły", positive: "pozytywny", negative: "negatywny" };
const REASONS: Record<Reason, string> = {
  none: "nie jest potrzebne",
  optional: "można podać",
  required: "trzeba podać",
};

const listOf = <K extends string>(names: Record<K, string>) =>
  Object.entries<string>(names).map(([value, label]) => ({ value, label }));

/** An outcome in a list; one that time alone brings says so. */
export const outcomeName = ({ label, is_automatic }: StageKind["outcomes"][number]): string =>
  is_automatic ? `${label} (gdy minie termin)` : label;

/** Everything about one transition: the button that people press, and where it leads. */
export function TransitionPanel(props: TransitionPanelProps) {
  const { draft, transition, vocabulary, problems, onChange, onChoose } = props;
  const index = draft.transitions.indexOf(transition);
  const faultOf = (member: string) => faultAt(problems, `transitions/${index}/${member}`);
  const change = (changes: Partial<Omit<Transition, "from" | "key">>) =>
    onChange(changeTransition(draft, transition, changes));
  const outcomesOf = (stage: string) => vocabulary.kind(stageOf(draft, stage)?.kind ?? "")?.outcomes ?? [];
  const stages = draft.stages.map((stage) => ({ value: stage.key, label: nameOf(stage) }));
  const siblings = leaving(draft, transition.from);
  const place = siblings.findIndex((one) => isSame(one, transition));
  const isShared = siblings.filter(({ on }) => on === transition.on).length > 1;

  const moveTo = (from: string) => {
    const outcomes = outcomesOf(from);
    const on = outcomes.some(({ code }) => code === transition.on) ? transition.on : (outcomes[0]?.code ?? "");
    const moved = leaveFrom(draft, transition, from, on);
    onChange(moved.draft);
    onChoose({ kind: "transition", ...moved.way });
  };

  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" verticalSpacing="md">
        <TextInput
          id="transition-label"
          label="Napis na przycisku"
          description="Czasownik: „Wezwij do poprawy”."
          value={transition.label}
          onChange={(event) => change({ label: event.currentTarget.value })}
          error={faultOf("label")}
        />
        <NativeSelect
          label="Wydźwięk przycisku"
          description="Barwa i kolejność przycisków na stronie sprawy."
          data={listOf(TONES)}
          value={transition.tone}
          onChange={(event) => change({ tone: event.currentTarget.value as Tone })}
          error={faultOf("tone")}
        />
        <NativeSelect
          label="Z etapu"
          data={stages}
          value={transition.from}
          onChange={(event) => moveTo(event.currentTarget.value)}
          error={faultOf("from")}
        />
        <NativeSelect
          label="Do etapu"
          data={stages}
          value={transition.to}
          onChange={(event) => change({ to: event.currentTarget.value })}
          error={faultOf("to")}
        />
        <NativeSelect
          label="Gdy etap kończy się jako"
          data={outcomesOf(transition.from).map((one) => ({ value: one.code, label: outcomeName(one) }))}
          value={transition.on}
          onChange={(event) => change({ on: event.currentTarget.value })}
          error={faultOf("on")}
        />
        <NativeSelect
          label="Uzasadnienie"
          data={listOf(REASONS)}
          value={transition.reason}
          onChange={(event) => change({ reason: event.currentTarget.value as Reason })}
          error={faultOf("reason")}
        />
      </SimpleGrid>
      <ExpressionField
        label="Warunek"
        description="Puste: zawsze. Przejścia o tym samym wyniku sprawdza się po kolei; wygrywa pierwsze, którego warunek zachodzi."
        placeholder="kwota <= 10000"
        value={transition.condition}
        onChange={(condition) => change({ condition })}
        error={faultOf("condition")}
      />
      {isShared && (
        <Group gap="xs">
          <Text size="sm">
            Kolejność sprawdzania: {place + 1}. z {siblings.length}
          </Text>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconArrowUp size={16} aria-hidden />}
            disabled={place === 0}
            onClick={() => onChange(reorderTransition(draft, transition, -1))}
          >
            Wcześniej
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconArrowDown size={16} aria-hidden />}
            disabled={place === siblings.length - 1}
            onClick={() => onChange(reorderTransition(draft, transition, 1))}
          >
            Później
          </Button>
        </Group>
      )}
      <EffectFields
        value={transition.effects}
        draft={draft}
        vocabulary={vocabulary}
        onChange={(effects) => change({ effects })}
        error={faultOf("effects")}
      />
      <Group justify="flex-end">
        <Button
          variant="default"
          leftSection={<IconTrash size={18} aria-hidden />}
          onClick={() => {
            onChange(removeTransition(draft, transition));
            onChoose({ kind: "stage", key: transition.from });
          }}
        >
          Usuń przejście
        </Button>
      </Group>
    </Stack>
  );
}
