import { Button, Checkbox, MultiSelect, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { ChoiceField } from "@/ui/ChoiceField";
import type { Answer } from "@/ui/filling/definition";
import { asList, asParts, asText, type FieldProps, textOrNull } from "@/ui/filling/fieldParts";

const MOST_IN_VIEW = 7;
const OTHER = "\u0000other";

const LONGEST_OTHER = 200;

/** Yes or no, and the way back to neither. */
export function YesNoField({ id, label, help, value, onChange, error, isRequired, isCompact }: FieldProps) {
  const chosen = value === true ? "yes" : value === false ? "no" : "";
  const choices = [
    { value: "yes", label: "tak" },
    { value: "no", label: "nie" },
  ];
  if (isCompact) {
    return (
      <ChoiceField
        {...{ id, label, error, isRequired, choices }}
        description={help}
        value={chosen || null}
        onChange={(next) => onChange(next === null ? null : next === "yes")}
      />
    );
  }
  return (
    <div id={id}>
      <Radio.Group
        label={label}
        description={help}
        error={error}
        required={isRequired}
        value={chosen}
        onChange={(next) => onChange(next === "yes")}
      >
        <Stack gap="xs" mt={6}>
          {choices.map((one) => (
            <Radio key={one.value} {...one} />
          ))}
          {chosen && !isRequired && <Clear label={label} onClear={() => onChange(null)} />}
        </Stack>
      </Radio.Group>
    </div>
  );
}

function Clear({ label, onClear }: { label: string; onClear: () => void }) {
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      onClick={onClear}
      aria-label={`Wyczyść odpowiedź: ${label}`}
      style={{ alignSelf: "start" }}
    >
      Wyczyść odpowiedź
    </Button>
  );
}

/** One of the choices: circles for a few, a searched list for many or in a table. What is none of them is "inne". */
export function SingleChoiceField(props: FieldProps) {
  const { id, label, help, choices, value, onChange, error, isRequired, isCompact } = props;
  const given = asText(value);
  const other = useOther(props, given && !choices.some(({ key }) => key === given) ? given : "");
  const chosen = other.isChosen ? OTHER : given;
  const all = offered(props);
  const choose = (next: string | null) => {
    other.choose(next === OTHER);
    onChange(next === OTHER ? null : next);
  };

  if (isCompact || all.length > MOST_IN_VIEW) {
    return (
      <div>
        <ChoiceField
          {...{ id, label, error, isRequired }}
          description={help}
          choices={all}
          value={chosen || null}
          onChange={choose}
        />
        {other.draw(onChange)}
      </div>
    );
  }
  return (
    <div id={id}>
      <Radio.Group
        label={label}
        description={help}
        error={error}
        required={isRequired}
        value={chosen}
        onChange={choose}
      >
        <Stack gap="xs" mt={6}>
          {all.map((one) => (
            <Radio key={one.value} {...one} />
          ))}
          {chosen && !isRequired && <Clear label={label} onClear={() => choose(null)} />}
        </Stack>
      </Radio.Group>
      {other.draw(onChange)}
    </div>
  );
}

/** Any of the choices, in the order in which they are offered. */
export function MultipleChoiceField(props: FieldProps) {
  const { id, label, help, choices, value, onChange, error, isRequired, isCompact } = props;
  const given = asList(value).map(asText).filter(Boolean);
  const own = given.find((one) => !choices.some(({ key }) => key === one)) ?? "";
  const other = useOther(props, own);
  const chosen = [...given.filter((one) => one !== own), ...(other.isChosen ? [OTHER] : [])];
  const all = offered(props);
  const answer = (keys: readonly string[], text: string) => {
    const kept = choices.map(({ key }) => key).filter((key) => keys.includes(key));
    onChange(kept.length > 0 || text ? [...kept, ...(text ? [text] : [])] : null);
  };
  const choose = (next: readonly string[]) => {
    other.choose(next.includes(OTHER));
    answer(next, next.includes(OTHER) ? own : "");
  };
  const drawnOther = other.draw((text) => answer(chosen, asText(text)));

  if (isCompact || all.length > 2 * MOST_IN_VIEW) {
    return (
      <div>
        <MultiSelect
          id={id}
          label={label}
          description={help}
          error={error}
          required={isRequired}
          data={all}
          value={chosen}
          onChange={choose}
          searchable
          clearable
          clearButtonProps={{ "aria-label": `Wyczyść: ${label}` }}
          nothingFoundMessage="Nic nie pasuje. Zmień szukane słowo."
        />
        {drawnOther}
      </div>
    );
  }
  return (
    <div id={id}>
      <Checkbox.Group
        label={label}
        description={help}
        error={error}
        required={isRequired}
        value={chosen}
        onChange={choose}
      >
        <Stack gap="xs" mt={6}>
          {all.map((one) => (
            <Checkbox key={one.value} {...one} />
          ))}
        </Stack>
      </Checkbox.Group>
      {drawnOther}
    </div>
  );
}

const offered = ({ choices, options }: FieldProps) => [
  ...choices.map(({ key, label }) => ({ value: key, label })),
  ...(options.other ? [{ value: OTHER, label: "inne" }] : []),
];

/** "Inne" was chosen from the moment of choosing, before a word of it is written. */
function useOther({ label, options }: FieldProps, text: string) {
  const [isOpen, setIsOpen] = useState(false);
  const isChosen = Boolean(options.other) && (isOpen || text !== "");
  return {
    isChosen,
    choose: setIsOpen,
    draw: (onChange: (answer: Answer) => void) =>
      isChosen && (
        <TextInput
          label={`${label}: jakie inne?`}
          value={text}
          maxLength={LONGEST_OTHER}
          onChange={(event) => {
            setIsOpen(true);
            onChange(textOrNull(event.currentTarget.value));
          }}
          mt="xs"
          maw="28rem"
        />
      ),
  };
}

/** A statement that is taken as it stands; its wording is kept with the answer. */
export function StatementField({ id, label, help, options, wording, value, onChange, error, isRequired }: FieldProps) {
  const given = asParts(value);
  const shown = wording || options.wording || label;
  return (
    <Checkbox
      id={id}
      label={
        <>
          {shown}
          {isRequired && (
            <Text span c="var(--mantine-color-error)" aria-hidden>
              {" *"}
            </Text>
          )}
        </>
      }
      description={help || undefined}
      error={error}
      required={isRequired}
      checked={given.accepted === true}
      onChange={(event) => onChange(event.currentTarget.checked ? { accepted: true, wording: shown } : null)}
    />
  );
}
