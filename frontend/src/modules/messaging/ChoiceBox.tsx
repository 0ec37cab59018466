import { Input, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import classes from "./ChoiceBox.module.css";

export interface Choice {
  value: string;
  label: string;
}

interface ChoiceGroup {
  group: string;
  items: readonly Choice[];
}

interface ChoiceBoxProps {
  id: string;
  label: string;
  description: string;
  placeholder: string;
  /** What may be chosen now, already narrowed to what was typed. */
  groups: readonly ChoiceGroup[];
  /** The choice that bears exactly the name that was typed: Enter takes it. Nothing else is marked by itself. */
  exact: string | undefined;
  search: string;
  onSearch: (text: string) => void;
  onChoose: (value: string) => void;
  error: string | undefined;
}

const NOTHING = -1;

/** One box that finds things of several sorts; a thing chosen leaves the box ready for the next one, and its list shut. */
export function ChoiceBox(props: ChoiceBoxProps) {
  const { id, label, description, placeholder, groups, exact, search, onSearch, onChoose, error } = props;
  const [isOpen, setIsOpen] = useState(false);
  const [marked, setMarked] = useState<number | null>(null);
  const list = useId();
  const box = useRef<HTMLDivElement>(null);
  const choices = groups.flatMap(({ items }) => items);
  const current = Math.min(marked ?? choices.findIndex(({ value }) => value === exact), choices.length - 1);
  const optionId = (index: number) => `${list}-${index}`;

  useEffect(() => {
    if (isOpen && current !== NOTHING) {
      box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    }
  }, [isOpen, current]);

  const choose = (value: string | undefined) => {
    if (value !== undefined) {
      onChoose(value);
      onSearch("");
      setMarked(null);
      setIsOpen(false); // it lies over what is done next
    }
  };

  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && choices.length > 0) {
      event.preventDefault();
      setIsOpen(true);
      setMarked(
        current === NOTHING && step < 0 ? choices.length - 1 : (current + step + choices.length) % choices.length,
      );
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (isOpen) {
        choose(choices[current]?.value);
      }
    } else if (event.key === "Escape" && isOpen) {
      event.stopPropagation();
      setIsOpen(false);
    }
  };

  return (
    <div ref={box} className={classes.box}>
      <TextInput
        id={id}
        label={label}
        description={description}
        placeholder={placeholder}
        leftSection={<IconSearch size={18} aria-hidden />}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && current !== NOTHING ? optionId(current) : undefined}
        autoComplete="off"
        value={search}
        error={error !== undefined}
        onChange={(event) => {
          onSearch(event.currentTarget.value);
          setIsOpen(true);
          setMarked(null);
        }}
        onClick={() => setIsOpen(true)}
        onBlur={() => setIsOpen(false)}
        onKeyDown={press}
      />
      {error && <Input.Error mt={4}>{error}</Input.Error>}
      <div
        id={list}
        role="listbox"
        aria-label={label}
        className={classes.list}
        hidden={!isOpen}
        tabIndex={-1}
        onMouseDown={(event) => event.preventDefault()}
      >
        {groups.map(({ group, items }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, which a fieldset is not
          <div key={group} role="group" aria-label={group}>
            <div className={classes.group} aria-hidden>
              {group}
            </div>
            {items.map(({ value, label: name }) => {
              const index = choices.findIndex((choice) => choice.value === value);
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are pressed in the box above, which keeps the focus
                <div
                  key={value}
                  id={optionId(index)}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === current}
                  className={classes.option}
                  onClick={() => choose(value)}
                >
                  {name}
                </div>
              );
            })}
          </div>
        ))}
        {choices.length === 0 && (
          <Text size="sm" c="dimmed" p="xs">
            Nic nie pasuje. Wpisz co najmniej dwie litery nazwiska albo nazwy.
          </Text>
        )}
      </div>
    </div>
  );
}
