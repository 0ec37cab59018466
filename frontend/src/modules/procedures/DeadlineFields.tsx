import { Checkbox, NumberInput, Radio, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { ExpressionField } from "@/ui/ExpressionField";
import { type Deadline, type Draft, NO_DEADLINE, type StageFunction } from "./draft";
import { FunctionField } from "./FunctionField";

interface DeadlineFieldsProps {
  draft: Draft;
  value: Deadline | null;
  onChange: (deadline: Deadline | null, added?: StageFunction | null) => void;
  /** The sentence about one member, by its name. */
  faultOf: (member: string) => string | undefined;
}

const USUAL: Deadline = { ...NO_DEADLINE, days: 7, remind_before: [2], remind_after: [1] };

/** Until when the stage has to be done, and who hears of it on the way. */
export function DeadlineFields({ draft, value, onChange, faultOf }: DeadlineFieldsProps) {
  const change = (changes: Partial<Deadline>) => onChange({ ...(value ?? USUAL), ...changes });
  return (
    <Stack gap="sm">
      <Checkbox
        label="Ten etap ma termin"
        checked={value !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? USUAL : null)}
      />
      {value && (
        <>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <NumberInput
              selectAllOnFocus
              label="Ile dni"
              description="Puste: termin wynika tylko z daty."
              value={value.days ?? ""}
              min={0}
              max={3650}
              allowDecimal={false}
              onChange={(days) => change({ days: days === "" ? null : Number(days) })}
              error={faultOf("days")}
            />
            <ExpressionField
              label="Najpóźniej do dnia"
              description="Data albo wyrażenie; liczy się wcześniejszy z obu."
              placeholder="2027-03-31"
              value={value.until}
              onChange={(until) => change({ until })}
              error={faultOf("until")}
            />
          </SimpleGrid>
          <Radio.Group
            label="Dni liczą się jako"
            value={value.counted}
            onChange={(counted) => change({ counted: counted === "working" ? "working" : "calendar" })}
          >
            <Stack gap={6} mt={4}>
              <Radio value="calendar" label="kalendarzowe" />
              <Radio value="working" label="robocze (bez sobót, niedziel i świąt)" />
            </Stack>
          </Radio.Group>
          <Checkbox
            label="Termin stoi, gdy sprawa czeka na drugą stronę"
            checked={value.pauses}
            onChange={(event) => change({ pauses: event.currentTarget.checked })}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <DaysField
              label="Przypomnienia przed terminem"
              value={value.remind_before}
              onChange={(days) => change({ remind_before: days })}
              error={faultOf("remind_before")}
            />
            <DaysField
              label="Przypomnienia po terminie"
              value={value.remind_after}
              onChange={(days) => change({ remind_after: days })}
              error={faultOf("remind_after")}
            />
          </SimpleGrid>
          <FunctionField
            id="escalate_to"
            label="Kogo zawiadomić, gdy nikt nie działa"
            draft={draft}
            value={value.escalate_to}
            isOffice
            onChange={(key, added) => onChange({ ...value, escalate_to: key }, added)}
            error={faultOf("escalate_to")}
          />
          {value.escalate_to !== "" && (
            <NumberInput
              selectAllOnFocus
              label="Ile dni po terminie go zawiadomić"
              value={value.escalate_after ?? ""}
              min={0}
              max={3650}
              allowDecimal={false}
              onChange={(days) => change({ escalate_after: days === "" ? null : Number(days) })}
              error={faultOf("escalate_after")}
            />
          )}
        </>
      )}
    </Stack>
  );
}

interface DaysFieldProps {
  label: string;
  value: readonly number[];
  onChange: (days: number[]) => void;
  error: string | undefined;
}

const daysIn = (text: string): number[] =>
  text
    .split(/[\s,;]+/)
    .filter((part) => /^\d+$/.test(part))
    .map(Number);

/** Numbers of days as people write them: "1, 3, 7". */
function DaysField({ label, value, onChange, error }: DaysFieldProps) {
  const [text, setText] = useState(value.join(", "));
  const isSame = daysIn(text).join() === value.join();
  return (
    <TextInput
      label={label}
      description="Liczby dni po przecinku."
      placeholder="1, 3, 7"
      value={isSame ? text : value.join(", ")}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(daysIn(event.currentTarget.value));
      }}
      error={error}
    />
  );
}
