import { Textarea } from "@mantine/core";

interface ExpressionFieldProps {
  id: string;
  label: string;
  description?: string;
  value: string;
  onChange: (expression: string) => void;
  error?: string;
}

/** A line of the language of expressions; what is wrong with it the server says after a moment. */
export function ExpressionField({ id, label, description, value, onChange, error }: ExpressionFieldProps) {
  return (
    <Textarea
      id={id}
      label={label}
      description={description}
      autosize
      minRows={1}
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
    />
  );
}
