import { type ComboboxItem, type OptionsFilter, Select } from "@mantine/core";
import { folded } from "@/ui/polish";

export interface Choice {
  value: string;
  label: string;
}

export interface ChoiceGroup {
  group: string;
  items: readonly Choice[];
}

interface ChoiceFieldProps {
  id?: string;
  label: string;
  description?: string;
  placeholder?: string;
  choices: readonly (Choice | ChoiceGroup)[];
  value: string | null;
  onChange: (value: string | null) => void;
  error?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
}

const found = (items: readonly ComboboxItem[], words: readonly string[]) =>
  items.filter(({ label }) => {
    const text = folded(label);
    return words.every((word) => text.includes(word));
  });

const byWords: OptionsFilter = ({ options, search }) => {
  const words = folded(search).split(/\s+/);
  return options
    .map((option) => ("group" in option ? { ...option, items: found(option.items, words) } : option))
    .filter((option) => ("group" in option ? option.items.length > 0 : found([option], words).length > 0));
};

/** One of many things, found by typing a part of its name with or without Polish tails. */
export function ChoiceField(props: ChoiceFieldProps) {
  const { id, label, description, placeholder, choices, value, onChange, error, isRequired, isDisabled } = props;
  return (
    <Select
      id={id}
      label={label}
      description={description}
      placeholder={placeholder}
      data={choices.map((one) => ("group" in one ? { ...one, items: [...one.items] } : one))}
      value={value}
      onChange={onChange}
      error={error}
      required={isRequired}
      disabled={isDisabled}
      searchable
      allowDeselect={false}
      clearable
      clearButtonProps={{ "aria-label": `Wyczyść: ${label}` }}
      filter={byWords}
      nothingFoundMessage="Nic nie pasuje. Zmień szukane słowo."
      maxDropdownHeight={320}
    />
  );
}
