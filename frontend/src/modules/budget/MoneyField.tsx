import { DecimalField } from "@/ui/filling/DecimalField";

interface MoneyFieldProps {
  id: string;
  label: string;
  help?: string;
  value: string;
  onChange: (amount: string) => void;
  error?: string;
}

/** An amount in złote that has to be given. */
export function MoneyField({ id, label, help = "", value, onChange, error }: MoneyFieldProps) {
  return (
    <DecimalField
      id={id}
      type="money"
      label={label}
      help={help}
      options={{}}
      choices={[]}
      value={value}
      onChange={(amount) => onChange(typeof amount === "string" ? amount : "")}
      error={error}
      isRequired
    />
  );
}
