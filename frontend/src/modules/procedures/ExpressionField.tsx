import { Textarea } from "@mantine/core";

interface ExpressionFieldProps {
  label: string;
  description?: string;
  placeholder?: string;
  value: string;
  onChange: (text: string) => void;
  error?: string;
}

/** A condition or a computed value in the language of expressions; the server says what is wrong with it. */
export function ExpressionField({ label, description, placeholder, value, onChange, error }: ExpressionFieldProps) {
  return (
    <Textarea
      label={label}
      description={description}
      placeholder={placeholder}
      autosize
      minRows={1}
      maxRows={8}
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      styles={{ input: { fontFamily: "ui-monospace, monospace", fontSize: "0.875rem" } }}
    />
  );
}
