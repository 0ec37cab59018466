import { TextInput } from "@mantine/core";
import { useState } from "react";
import { folded } from "@/ui/polish";

interface KeyFieldProps {
  value: string;
  /** Answers carry it already: it can be read, not changed. */
  isFixed: boolean;
  onChange: (key: string) => void;
  error?: string;
}

/** The name that expressions, exports and letters call a question by. */
export function KeyField({ value, isFixed, onChange, error }: KeyFieldProps) {
  const [typed, setTyped] = useState(value);
  return (
    <TextInput
      id="key"
      label="Klucz"
      description={
        isFixed
          ? "Tak pytanie nazywa się w wyrażeniach. Po publikacji się nie zmienia, żeby odpowiedzi nie zginęły."
          : "Tak pytanie nazywa się w wyrażeniach. Można go zmienić tylko przed pierwszą publikacją."
      }
      value={typed}
      readOnly={isFixed}
      onChange={(event) =>
        setTyped(
          folded(event.currentTarget.value)
            .replace(/[^a-z0-9_]/g, "_")
            .replace(/^[\d_]+/, ""),
        )
      }
      onBlur={() => {
        if (typed && typed !== value) {
          onChange(typed);
        }
        setTyped(typed || value);
      }}
      error={error}
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
    />
  );
}
