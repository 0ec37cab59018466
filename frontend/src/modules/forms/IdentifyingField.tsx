import { Checkbox, Text } from "@mantine/core";
import type { Options, QuestionType } from "@/ui/filling/definition";

/** Types whose answers tell who applies whatever is asked: a committee that scores blindly never sees them. */
const BETRAYING = new Set<QuestionType>([
  "unit",
  "person",
  "personal_data",
  "address",
  "email",
  "phone",
  "pesel",
  "nip",
  "regon",
  "iban",
  "file",
  "workbook",
]);

interface IdentifyingFieldProps {
  type: QuestionType;
  options: Options;
  onChange: (options: Options) => void;
  error: string | undefined;
}

/** Whether the answer betrays who applies, so that it is hidden from a committee that may not know it. */
export function IdentifyingField({ type, options, onChange, error }: IdentifyingFieldProps) {
  if (BETRAYING.has(type)) {
    return (
      <Text size="sm" c="dimmed">
        Tej odpowiedzi komisja nie zobaczy, gdy ocenia w ciemno.
      </Text>
    );
  }
  return (
    <Checkbox
      label="Zdradza wnioskodawcę: ukryj przed komisją, która ocenia w ciemno"
      checked={options.identifying ?? false}
      onChange={(event) => {
        const { identifying: _, ...rest } = options;
        onChange(event.currentTarget.checked ? { ...rest, identifying: true } : rest);
      }}
      error={error}
    />
  );
}
