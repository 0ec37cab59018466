import { api } from "@/api/client";
import { ChoiceField } from "@/ui/ChoiceField";

interface ClassFieldProps {
  value: string;
  onChange: (symbol: string) => void;
  error?: string;
}

/** The class of the city's file plan from which the signs of matters are made. */
export function ClassField({ value, onChange, error }: ClassFieldProps) {
  const classes = api.useQuery("get", "/api/v1/procedures/classes/", { params: { query: { page_size: 500 } } });
  const known = (classes.data?.results ?? [])
    .filter(({ is_active, code }) => is_active || code === value)
    .map(({ symbol, name }) => ({
      value: symbol,
      label: `${symbol} ${name}`,
    }));
  const choices =
    value === "" || known.some((one) => one.value === value) ? known : [...known, { value, label: value }];
  return (
    <ChoiceField
      id="procedure-class"
      label="Klasa z wykazu akt"
      description="Z niej powstają znaki spraw. Pusta: sprawy nie mają znaków."
      choices={choices}
      value={value || null}
      onChange={(symbol) => onChange(symbol ?? "")}
      error={error}
    />
  );
}
