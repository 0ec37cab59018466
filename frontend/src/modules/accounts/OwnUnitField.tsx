import { Input, NativeSelect, Text } from "@mantine/core";
import { useSession } from "@/api/session";

interface OwnUnitFieldProps {
  id?: string;
  label: string;
  value: string | null;
  onChange: (unit: string) => void;
  error?: string;
}

/** For a head: which of the own units; with only one there is nothing to choose and it is merely told. */
export function OwnUnitField({ id = "scope", label, value, onChange, error }: OwnUnitFieldProps) {
  const { units } = useSession();
  const [only, second] = units;
  if (only && !second) {
    return (
      <Input.Wrapper id={id} label={label} labelElement="div" error={error}>
        <Text>{only.short_name}</Text>
      </Input.Wrapper>
    );
  }
  return (
    <NativeSelect
      id={id}
      label={label}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={units.map((unit) => ({ value: unit.id, label: unit.short_name }))}
      error={error}
      required
    />
  );
}
