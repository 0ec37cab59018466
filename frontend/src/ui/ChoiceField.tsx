import { type ComboboxItem, type OptionsFilter, Select } from "@mantine/core";
import { type Names, ranked } from "@/ui/finding";

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

/** Of "SP 1, Szkoła Podstawowa nr 1" the short name stands before the comma. */
const namesOf = ({ label }: ComboboxItem): Names => ({ names: [label.split(", ")[0] ?? "", label] });

const byWords: OptionsFilter = ({ options, search }) => [
  ...ranked(
    options.flatMap((option) => ("group" in option ? [] : [option])),
    search,
    namesOf,
  ),
  ...options
    .flatMap((option) => ("group" in option ? [{ ...option, items: ranked(option.items, search, namesOf) }] : []))
    .filter(({ items }) => items.length > 0),
];

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
