import { TextInput } from "@mantine/core";
import { useState } from "react";
import { shownDecimal, typedDecimal } from "@/ui/filling/decimals";
import { WHOLE_SELECTED } from "@/ui/wholeSelected";

interface NumberOptionProps {
  label: string;
  description?: string;
  value: string | number | null | undefined;
  /** Undefined when it was cleared. */
  onChange: (value: string | undefined) => void;
  error?: string;
}

/** A limit that may be left out. */
export function NumberOption({ label, description, value, onChange, error }: NumberOptionProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      label={label}
      description={description}
      inputMode="decimal"
      {...WHOLE_SELECTED}
      value={typed ?? shownDecimal(String(value ?? ""))}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(typedDecimal(event.currentTarget.value) || undefined);
      }}
      onBlur={() => setTyped(null)}
      error={error}
    />
  );
}
