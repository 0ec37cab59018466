import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";

interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  /** Whether a dialog in which it stands begins with it. */
  isFirst?: boolean;
}

/** A search box that asks after a pause in typing. */
export function SearchField({ label, value, onChange, isFirst }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const [asked, setAsked] = useState(value);
  const ask = useDebouncedCallback((next: string) => {
    setAsked(next.trim());
    onChange(next);
  }, 300);

  if (value !== asked) {
    setAsked(value);
    setText(value);
  }

  return (
    <TextInput
      type="search"
      label={label}
      data-autofocus={isFirst || undefined}
      value={text}
      leftSection={<IconSearch size={18} aria-hidden />}
      rightSection={
        text && (
          <CloseButton
            aria-label="Wyczyść wyszukiwanie"
            onClick={() => {
              setText("");
              ask("");
            }}
          />
        )
      }
      onChange={(event) => {
        setText(event.currentTarget.value);
        ask(event.currentTarget.value);
      }}
    />
  );
}
