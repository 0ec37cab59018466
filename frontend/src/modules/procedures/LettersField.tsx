import { Checkbox, Stack, Text } from "@mantine/core";
import { TextLink } from "@/ui/TextLink";
import { useLetterTemplates } from "./useLetterTemplates";

interface LettersFieldProps {
  /** Keys of the templates. */
  value: readonly string[];
  onChange: (letters: string[]) => void;
  error?: string;
}

/** Which letters may be made in a stage. */
export function LettersField({ value, onChange, error }: LettersFieldProps) {
  const templates = useLetterTemplates();
  const offered = (templates ?? []).filter((one) => !one.is_archived || value.includes(one.key));
  const unknown = templates ? value.filter((key) => offered.every((one) => one.key !== key)) : [];
  const choices = [
    ...offered.map(({ key, name }) => ({ key, name })),
    ...unknown.map((key) => ({ key, name: `${key} (nie ma takiego wzoru)` })),
  ];
  return (
    <Stack gap="xs">
      {choices.map(({ key, name }) => (
        <Checkbox
          key={key}
          label={name}
          checked={value.includes(key)}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? [...value, key] : value.filter((one) => one !== key))
          }
        />
      ))}
      {templates && choices.length === 0 && (
        <Text size="sm" c="dimmed">
          Nie ma jeszcze wzorów. Dodaj je we <TextLink to="/procedures/letters">wzorach pism</TextLink>.
        </Text>
      )}
      {error && (
        <Text size="sm" c="var(--mantine-color-error)">
          {error}
        </Text>
      )}
    </Stack>
  );
}
