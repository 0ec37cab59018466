import { Textarea } from "@mantine/core";
import { ExpressionHelp } from "@/ui/ExpressionHelp";

interface ExpressionFieldProps {
  id?: string;
  label?: string;
  "aria-label"?: string;
  description?: string;
  placeholder?: string;
  value: string;
  onChange: (expression: string) => void;
  error?: string;
}

/** A condition or a computed value in the language of expressions; what is wrong with it the server says after a moment. */
export function ExpressionField({ onChange, ...field }: ExpressionFieldProps) {
  return (
    <div>
      <Textarea
        {...field}
        autosize
        minRows={1}
        maxRows={8}
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      />
      <ExpressionHelp />
    </div>
  );
}
