import { NativeSelect } from "@mantine/core";
import { UNIT_FACTS } from "@/ui/filling/DirectoryAnswers";

interface PrefillFieldProps {
  /** The type of the question. */
  type: string;
  value: string;
  onChange: (prefill: string) => void;
  error?: string;
}

/** Where the first answer of a new sheet comes from. */
export function PrefillField({ type, value, onChange, error }: PrefillFieldProps) {
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
        ...(type === "unit" ? [{ value: "unit", label: "jednostką, której jest sprawa; innej nie można wybrać" }] : []),
        {
          group: "Daną jednostki",
          items: Object.entries(UNIT_FACTS).map(([fact, label]) => ({ value: `unit.${fact}`, label })),
        },
      ]}
      error={error}
    />
  );
}
