import { DateInput } from "@mantine/dates";
import { PolishDates } from "@/ui/PolishDates";
import { parseDay } from "@/ui/warsawTime";

interface DayFieldProps {
  /** The name of the field in the API, so that an error summary can link to it. */
  id: string;
  label: string;
  description?: string;
  /** "2026-11-23", or null. */
  value: string | null;
  onChange: (day: string | null) => void;
  error?: string;
  isRequired?: boolean;
}

/** A day. It can be typed as people write it; the calendar is a convenience. */
export function DayField({ id, label, description, value, onChange, error, isRequired = false }: DayFieldProps) {
  return (
    <PolishDates>
      <DateInput
        id={id}
        label={label}
        description={description}
        placeholder="dd.mm.rrrr"
        valueFormat="DD.MM.YYYY"
        dateParser={parseDay}
        value={value}
        onChange={onChange}
        error={error}
        required={isRequired}
        clearable
        clearButtonProps={{ "aria-label": `Wyczyść: ${label}` }}
        popoverProps={{ withinPortal: true }}
      />
    </PolishDates>
  );
}
