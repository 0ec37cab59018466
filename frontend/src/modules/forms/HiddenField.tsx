import { Checkbox } from "@mantine/core";
import type { Options } from "@/ui/filling/definition";

interface HiddenFieldProps {
  options: Options;
  onChange: (options: Options) => void;
  error: string | undefined;
}

/** Whether a computed value only helps other rules, so that nobody who fills the form sees it. */
export function HiddenField({ options, onChange, error }: HiddenFieldProps) {
  return (
    <Checkbox
      label="Pomocnicza: liczona, ale niepokazywana wypełniającemu ani na wydruku"
      checked={options.hidden ?? false}
      onChange={(event) => {
        const { hidden: _, ...rest } = options;
        onChange(event.currentTarget.checked ? { ...rest, hidden: true } : rest);
      }}
      error={error}
    />
  );
}
