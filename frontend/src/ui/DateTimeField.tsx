import { Fieldset, Group, Input, TextInput } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { useState } from "react";
import { PolishDates } from "@/ui/PolishDates";
import { fromWarsaw, inWarsaw, parseDay, parseHour } from "@/ui/warsawTime";

interface DateTimeFieldProps {
  /** The name of the field in the API: the day's input gets it as its id, so that an error summary can link to it. */
  id: string;
  label: string;
  description?: string;
  /** A moment in ISO 8601, or null. */
  value: string | null;
  onChange: (moment: string | null) => void;
  error?: string;
  /** The hour put in when a day is chosen first. */
  usualHour?: string;
}

/** A day and an hour by the clocks in Poland. Both can be typed; the calendar is a convenience. */
export function DateTimeField(props: DateTimeFieldProps) {
  const { id, label, description, value, onChange, error, usualHour = "15:00" } = props;
  const given = value === null ? null : inWarsaw(value);
  const [hour, setHour] = useState(given?.hour ?? usualHour);
  const [shown, setShown] = useState(value);

  if (value !== shown) {
    setShown(value);
    setHour(given?.hour ?? usualHour);
  }

  const change = (day: string | null, nextHour: string) => onChange(day === null ? null : fromWarsaw(day, nextHour));

  return (
    <Fieldset legend={label} variant="unstyled">
      {description && <Input.Description mb={4}>{description}</Input.Description>}
      <Group align="flex-start" gap="xs">
        <PolishDates>
          <DateInput
            id={id}
            label="Dzień"
            placeholder="dd.mm.rrrr"
            valueFormat="DD.MM.YYYY"
            dateParser={parseDay}
            value={given?.day ?? null}
            onChange={(day) => change(day, parseHour(hour) ?? usualHour)}
            error={error}
            clearable
            clearButtonProps={{ "aria-label": "Wyczyść termin" }}
            flex="1 1 10rem"
            popoverProps={{ withinPortal: true }}
          />
        </PolishDates>
        <TextInput
          label="Godzina"
          placeholder="gg:mm"
          value={hour}
          onChange={(event) => setHour(event.currentTarget.value)}
          onBlur={() => {
            const parsed = parseHour(hour) ?? given?.hour ?? usualHour;
            setHour(parsed);
            change(given?.day ?? null, parsed);
          }}
          flex="0 1 6rem"
        />
      </Group>
    </Fieldset>
  );
}
