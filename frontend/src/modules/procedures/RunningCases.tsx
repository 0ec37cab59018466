import { Alert, NativeSelect, Radio, Stack, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { countedCases } from "./caseWords";
import { type Draft, nameOf } from "./draft";
import { type Choices, chosenFor, keyOfGroup } from "./moves";
import type { MoveGroup } from "./nouns";
import classes from "./RunningCases.module.css";

interface RunningCasesProps {
  groups: readonly MoveGroup[];
  /** The procedure by which they would go on. */
  target: Draft;
  choices: Choices;
  onChange: (choices: Choices) => void;
}

/** The matters that run, by revision and stage, and the choice for each group of them. */
export function RunningCases({ groups, target, choices, onChange }: RunningCasesProps) {
  if (groups.length === 0) {
    return <Text>Żadna sprawa nie jest teraz w toku na wcześniejszym wydaniu: nic się dla nikogo nie zmieni.</Text>;
  }
  return (
    <Stack>
      <Alert icon={<IconInfoCircle aria-hidden />}>
        <Text c="var(--mantine-color-text)">
          Sprawa, która zostaje przy swoim wydaniu, idzie do końca starymi etapami. Przeniesiona idzie dalej nowymi; jej
          dotychczasowa historia się nie zmienia.
        </Text>
      </Alert>
      {groups.map((group) => (
        <Running
          key={keyOfGroup(group)}
          group={group}
          target={target}
          value={chosenFor(choices, group)}
          onChange={(to) => onChange({ ...choices, [keyOfGroup(group)]: to })}
        />
      ))}
    </Stack>
  );
}

interface RunningProps {
  group: MoveGroup;
  target: Draft;
  value: string;
  onChange: (to: string) => void;
}

function Running({ group, target, value, onChange }: RunningProps) {
  const usual =
    group.proposal ?? target.stages.find(({ key }) => key === group.stage)?.key ?? target.stages[0]?.key ?? "";
  const name = `${group.stage_name}, wydanie ${group.revision}`;
  return (
    <fieldset className={classes.group}>
      <legend>
        <strong>{countedCases(group.count)}</strong> w etapie „{group.stage_name}” (wydanie {group.revision})
      </legend>
      <Text size="sm" c="dimmed" mb="xs">
        {group.sentence}
      </Text>
      <Radio.Group
        label="Co z nimi zrobić?"
        value={value === "" ? "keep" : "move"}
        onChange={(choice) => onChange(choice === "keep" ? "" : usual)}
      >
        <Stack gap="xs" mt={6}>
          <Radio value="keep" label={`Zostaw przy wydaniu ${group.revision}`} />
          <Radio value="move" label="Przenieś na nowe wydanie, do etapu:" disabled={usual === ""} />
        </Stack>
      </Radio.Group>
      {value !== "" && (
        <NativeSelect
          mt="xs"
          ml="xl"
          maw="24rem"
          aria-label={`Etap dla spraw: ${name}`}
          data={target.stages.map((stage) => ({ value: stage.key, label: nameOf(stage) }))}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {value !== "" && value === group.proposal && group.is_kept_in_place && (
        <Text size="sm" c="dimmed" mt={4} ml="xl">
          Etap jest ten sam: zostają termin i to, kto ma działać.
        </Text>
      )}
    </fieldset>
  );
}
