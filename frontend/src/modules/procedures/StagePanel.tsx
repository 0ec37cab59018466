import { Button, Checkbox, Divider, Group, SimpleGrid, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { ChoiceField } from "@/ui/ChoiceField";
import { Filler } from "@/ui/filling/Filler";
import type { Chosen } from "./chosen";
import { DeadlineFields } from "./DeadlineFields";
import { APPLICANT, changeStage, type Draft, leaving, type Stage, type StageFunction, withFunction } from "./draft";
import { FormField } from "./FormField";
import { FunctionField } from "./FunctionField";
import { LettersField } from "./LettersField";
import type { ProcedureProblem, StageKind } from "./nouns";
import { WayButton } from "./Outline";
import { answersIn, parametersOf } from "./parameters";
import { faultAt } from "./problems";
import { useCityPots } from "./useCityPots";
import type { Vocabulary } from "./vocabulary";

interface StagePanelProps {
  draft: Draft;
  stage: Stage;
  vocabulary: Vocabulary;
  problems: readonly ProcedureProblem[];
  onChange: (draft: Draft) => void;
  onChoose: (chosen: Chosen) => void;
  onAddTransition: () => void;
  onRemove: () => void;
}

const VISIBLE = {
  stage: "nazwę etapu",
  facts: "co ustalono: kwotę, numer, datę",
  reasons: "powody i uzasadnienia",
  letters: "pisma",
  form: "formularz wypełniony w etapie",
} as const;

/** Everything about one stage of a procedure. */
export function StagePanel(props: StagePanelProps) {
  const { draft, stage, vocabulary, problems, onChange } = props;
  const kind = vocabulary.kind(stage.kind);
  const index = draft.stages.indexOf(stage);
  const faultOf = (member: string) => faultAt(problems, `stages/${index}/${member}`);
  const change = (changes: Partial<Stage>, added: StageFunction | null = null) =>
    onChange(changeStage(added ? withFunction(draft, added) : draft, stage.key, changes));
  const isEnd = kind?.ends ?? false;

  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" verticalSpacing="md">
        <TextInput
          id="stage-name"
          label="Nazwa etapu"
          description="Tak widzą ją urzędnicy."
          value={stage.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          error={faultOf("name")}
        />
        <TextInput
          label="Nazwa dla wnioskodawcy"
          description="Pusta: ta sama co dla urzędników."
          value={stage.public_name}
          onChange={(event) => change({ public_name: event.currentTarget.value })}
          error={faultOf("public_name")}
        />
        <ChoiceField
          id="stage-kind"
          label="Rodzaj etapu"
          description={kind?.description}
          choices={vocabulary.kinds.map(({ code, label }) => ({ value: code, label }))}
          value={stage.kind || null}
          onChange={(code) => code && code !== stage.kind && change({ kind: code, parameters: {} })}
          error={faultOf("kind")}
        />
        {!isEnd && (
          <FunctionField
            id="stage-function"
            label="Kto działa"
            description="Funkcja, której sprawa czeka w tym etapie."
            draft={draft}
            value={stage.function}
            onChange={(key, added) => change({ function: key }, added)}
            error={faultOf("function")}
          />
        )}
      </SimpleGrid>
      <NameInConditions stage={stage} vocabulary={vocabulary} />
      <Parameters {...props} change={change} />
      {!isEnd && (
        <Part title="Formularz urzędników">
          <FormField
            id="stage-form"
            label="Formularz do wypełnienia w tym etapie"
            value={stage.form}
            onChange={(form) => change({ form })}
            error={faultOf("form")}
          />
        </Part>
      )}
      {!isEnd && (
        <Part title="Termin">
          <DeadlineFields
            draft={draft}
            value={stage.deadline}
            onChange={(deadline, added) => change({ deadline }, added ?? null)}
            faultOf={(member) => faultOf(`deadline/${member}`)}
          />
        </Part>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Visibility stage={stage} kind={kind} change={change} />
        <Part title="Pisma">
          <LettersField value={stage.letters} onChange={(letters) => change({ letters })} error={faultOf("letters")} />
        </Part>
      </SimpleGrid>
      {!isEnd && <Ways {...props} />}
      <Group justify="flex-end">
        <Button variant="default" leftSection={<IconTrash size={18} aria-hidden />} onClick={props.onRemove}>
          Usuń etap
        </Button>
      </Group>
    </Stack>
  );
}

/** What conditions of transitions may say of the stage. */
function NameInConditions({ stage, vocabulary }: Pick<StagePanelProps, "stage" | "vocabulary">) {
  const facts = vocabulary.kind(stage.kind)?.facts ?? [];
  return (
    <Text size="sm" c="dimmed">
      W warunkach ten etap nazywa się <code>{stage.key}</code>.
      {facts.length > 0 && (
        <>
          {" "}
          Jego ustalenia: <code>{facts.map(({ key }) => `${stage.key}.${key}`).join(", ")}</code>.
        </>
      )}
    </Text>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Divider mb="sm" />
      <Title order={3} mb="xs">
        {title}
      </Title>
      {children}
    </div>
  );
}

function Parameters(props: StagePanelProps & { change: (changes: Partial<Stage>) => void }) {
  const { draft, stage, vocabulary, problems, change } = props;
  const definition = parametersOf(vocabulary.kind(stage.kind), draft, useCityPots(stage));
  if (!definition) {
    return null;
  }
  const prefix = `stages/${draft.stages.indexOf(stage)}/parameters/`;
  const mistakes = problems
    .filter(({ path }) => path.startsWith(prefix))
    .map(({ path, sentence }) => ({ path: path.slice(prefix.length), label: "", sentence, is_missing: false }));
  return (
    <Part title="Ustawienia rodzaju">
      <Filler
        definition={definition}
        projection={null}
        answers={answersIn(stage.parameters)}
        onChange={(key, value) => change({ parameters: { ...stage.parameters, [key]: value } })}
        mistakes={mistakes}
        hidesTitles
      />
    </Part>
  );
}

interface VisibilityProps {
  stage: Stage;
  kind: StageKind | undefined;
  change: (changes: Partial<Stage>) => void;
}

function Visibility({ stage, kind, change }: VisibilityProps) {
  const shown = stage.visible_to[APPLICANT] ?? kind?.shown ?? [];
  return (
    <Part title="Co widzi wnioskodawca">
      <Stack gap="xs">
        {Object.entries(VISIBLE).map(([part, label]) => (
          <Checkbox
            key={part}
            label={label}
            checked={shown.includes(part)}
            onChange={(event) => {
              const next = event.currentTarget.checked ? [...shown, part] : shown.filter((one) => one !== part);
              change({ visible_to: { ...stage.visible_to, [APPLICANT]: next } });
            }}
          />
        ))}
      </Stack>
    </Part>
  );
}

function Ways({ draft, stage, vocabulary, onChoose, onAddTransition }: StagePanelProps) {
  const ways = leaving(draft, stage.key);
  const without = (vocabulary.kind(stage.kind)?.outcomes ?? []).filter(
    ({ code, is_required }) => is_required && ways.every(({ on }) => on !== code),
  );
  return (
    <Part title="Dokąd prowadzi ten etap">
      {ways.map((way) => (
        <WayButton key={way.key} draft={draft} way={way} chosen={null} onChoose={onChoose} />
      ))}
      {without.length > 0 && (
        <Text size="sm" c="dimmed">
          Brakuje jeszcze drogi dla wyniku: {without.map(({ label }) => label.toLocaleLowerCase("pl")).join(", ")}.
        </Text>
      )}
      <Button
        variant="default"
        size="sm"
        mt="xs"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={onAddTransition}
      >
        Dodaj przejście
      </Button>
    </Part>
  );
}
