import { Checkbox, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { DayField } from "@/ui/DayField";
import type { Choice, Options, QuestionType } from "@/ui/filling/definition";
import { ChoicesEditor } from "./ChoicesEditor";
import { keyed } from "./draft";
import type { FaultsInside } from "./faults";
import { NumberOption } from "./NumberOption";

interface SimpleOptionsProps {
  type: QuestionType;
  options: Options;
  onChange: (options: Options) => void;
  dictionaries: readonly { key: string; name: string }[];
  faults: FaultsInside;
  /** The place of these options among the faults: "options", "options/columns/2/options". */
  faultsAt: string;
  /** Keys that answers already carry: they keep them whatever the name. */
  isFixed?: (choice: Choice) => boolean;
}

const OWN = "";

/** The limits and choices that a question has in common with a table's column. */
export function SimpleOptions(props: SimpleOptionsProps) {
  const { type, options, onChange, dictionaries, faults, faultsAt, isFixed = () => false } = props;
  const set = (changes: Partial<Options>) =>
    onChange(Object.fromEntries(Object.entries({ ...options, ...changes }).filter(([, value]) => value !== undefined)));
  const whole = (value: string | undefined) => (value === undefined ? undefined : Number.parseInt(value, 10) || 0);
  const fault = (name: string) => faults.get(`${faultsAt}/${name}`);

  switch (type) {
    case "short_text":
    case "long_text":
      return (
        <NumberOption
          label="Najwięcej znaków"
          value={options.max_length}
          onChange={(value) => set({ max_length: whole(value) })}
          error={fault("max_length")}
        />
      );
    case "number":
    case "money":
    case "percent":
      return (
        <Group grow align="flex-start">
          <NumberOption label="Najmniej" value={options.min} onChange={(min) => set({ min })} error={fault("min")} />
          <NumberOption label="Najwięcej" value={options.max} onChange={(max) => set({ max })} error={fault("max")} />
          {type === "number" && (
            <>
              <NumberOption
                label="Miejsc po przecinku"
                value={options.decimals}
                onChange={(value) => set({ decimals: whole(value) })}
                error={fault("decimals")}
              />
              <TextInput
                label="Jednostka miary"
                placeholder="np. osób"
                value={options.unit ?? ""}
                onChange={(event) => set({ unit: event.currentTarget.value || undefined })}
              />
            </>
          )}
        </Group>
      );
    case "date":
      return (
        <Group grow align="flex-start">
          <DayField
            id={`${faultsAt}-min`}
            label="Najwcześniej"
            value={String(options.min ?? "") || null}
            onChange={(day) => set({ min: day ?? undefined })}
            error={fault("min")}
          />
          <DayField
            id={`${faultsAt}-max`}
            label="Najpóźniej"
            value={String(options.max ?? "") || null}
            onChange={(day) => set({ max: day ?? undefined })}
            error={fault("max")}
          />
        </Group>
      );
    case "single_choice":
    case "multiple_choice":
      return (
        <Stack gap="sm">
          {(dictionaries.length > 0 || options.dictionary) && (
            <NativeSelect
              label="Skąd odpowiedzi"
              value={options.dictionary ?? OWN}
              onChange={(event) => {
                const dictionary = event.currentTarget.value;
                set(
                  dictionary === OWN
                    ? { dictionary: undefined, choices: options.choices ?? [] }
                    : { dictionary, choices: undefined },
                );
              }}
              data={[
                { value: OWN, label: "własna lista" },
                ...dictionaries.map(({ key, name }) => ({ value: key, label: `słownik: ${name}` })),
              ]}
              error={fault("dictionary")}
            />
          )}
          {!options.dictionary && (
            <ChoicesEditor
              choices={options.choices ?? []}
              onChange={(choices) => set({ choices })}
              withKey={(choice, others) => keyed(choice, others, isFixed(choice))}
              error={fault("choices")}
            />
          )}
          {type === "single_choice" && (
            <Checkbox
              label="Można wpisać inną odpowiedź („inne”)"
              checked={options.other ?? false}
              onChange={(event) => set({ other: event.currentTarget.checked || undefined })}
            />
          )}
          {type === "multiple_choice" && (
            <Group grow align="flex-start">
              <NumberOption
                label="Wybrać najmniej"
                value={options.min}
                onChange={(value) => set({ min: whole(value) })}
                error={fault("min")}
              />
              <NumberOption
                label="Wybrać najwięcej"
                value={options.max}
                onChange={(value) => set({ max: whole(value) })}
                error={fault("max")}
              />
            </Group>
          )}
        </Stack>
      );
    default:
      return null;
  }
}
