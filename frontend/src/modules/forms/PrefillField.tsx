import { NativeSelect } from "@mantine/core";
import { UNIT_FACTS } from "@/ui/filling/DirectoryAnswers";

interface PrefillFieldProps {
  value: string;
  onChange: (prefill: string) => void;
  error?: string;
}

/** Where the first answer of a new sheet comes from. */
export function PrefillField({ value, onChange, error }: PrefillFieldProps) {
  return (
    <NativeSelect
      id="prefill"
      label="Wypełnij na początek"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: "", label: "niczym" },
        { value: "previous", label: "odpowiedzią z poprzedniego arkusza jednostki" },
        { value: "link", label: "wartością z odnośnika" },
        {
          group: "Daną jednostki",
          items: Object.entries(UNIT_FACTS).map(([fact, label]) => ({ value: `unit.${fact}`, label })),
        },
      ]}
      error={error}
    />
  );
}
