import { Group } from "@mantine/core";
import { api } from "@/api/client";
import { ChoiceField } from "@/ui/ChoiceField";
import { TextLink } from "@/ui/TextLink";

interface FormFieldProps {
  id: string;
  label: string;
  description?: string;
  /** The form's id; empty for none. */
  value: string;
  onChange: (form: string) => void;
  error?: string;
}

/** One of the city's forms. */
export function FormField({ id, label, description, value, onChange, error }: FormFieldProps) {
  const forms = api.useQuery(
    "get",
    "/api/v1/forms/forms/",
    { params: { query: { page_size: 500 } } },
    { staleTime: 30_000 },
  );
  const offered = (forms.data?.results ?? []).filter((one) => !one.is_archived || one.id === value);
  const choices = offered.map((one) => ({ value: one.id, label: one.name }));
  const isKnown = value === "" || !forms.data || choices.some((one) => one.value === value);
  return (
    <div>
      <ChoiceField
        id={id}
        label={label}
        description={description ?? "Pusty: bez formularza."}
        choices={isKnown ? choices : [...choices, { value, label: `formularz, którego nie widzisz (${value})` }]}
        value={value || null}
        onChange={(form) => onChange(form ?? "")}
        error={error ?? (forms.error ? "Nie udało się wczytać listy formularzy." : undefined)}
      />
      <Group gap="md" mt={4}>
        {value !== "" && (
          <TextLink to={`/forms/forms/${value}`} size="sm">
            Otwórz formularz
          </TextLink>
        )}
        <TextLink to="/forms/forms" size="sm">
          Wszystkie formularze
        </TextLink>
      </Group>
    </div>
  );
}
