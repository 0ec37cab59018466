import { Button, Group, MultiSelect, NumberInput, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { allUnits } from "@/api/units";
import { ChoiceField } from "@/ui/ChoiceField";
import { type CallLimits, replaced, without } from "./rules";

interface LimitFieldsProps {
  value: CallLimits;
  questions: readonly { key: string; label: string }[];
  onChange: (limits: CallLimits) => void;
}

const numberOf = (given: number | string): number | null => (given === "" ? null : Number(given));

/** How many applications a unit may have, which kinds and units have another number, how many one person. */
export function LimitFields({ value, questions, onChange }: LimitFieldsProps) {
  const kinds = api.useQuery("get", "/api/v1/directory/kinds/", {}, { staleTime: 60_000 });
  const units = useQuery({
    queryKey: ["get", "/api/v1/directory/units/", "all open"],
    queryFn: allUnits,
    staleTime: 60_000,
  });
  return (
    <Stack>
      <LimitInput
        label="Ile wniosków może złożyć jednostka"
        description="Puste: bez limitu."
        value={value.per_unit}
        onChange={(per_unit) => onChange({ ...value, per_unit })}
      />
      <Text fw={600}>Inny limit dla rodzaju jednostek</Text>
      {value.per_kind.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing else tells a row until it is filled in
        <Group key={`kind.${at}`} align="flex-end" gap="sm">
          <ChoiceField
            label="Rodzaj"
            choices={(kinds.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
            value={one.kind || null}
            onChange={(kind) => onChange({ ...value, per_kind: replaced(value.per_kind, at, { kind: kind ?? "" }) })}
          />
          <LimitInput
            label="Wniosków"
            value={one.number}
            onChange={(number) =>
              onChange({ ...value, per_kind: replaced(value.per_kind, at, { number: number ?? 0 }) })
            }
          />
          <Button variant="subtle" onClick={() => onChange({ ...value, per_kind: without(value.per_kind, at) })}>
            Usuń
          </Button>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          size="xs"
          onClick={() => onChange({ ...value, per_kind: [...value.per_kind, { kind: "", number: 1 }] })}
        >
          Dodaj rodzaj
        </Button>
      </Group>
      <Text fw={600}>Dodatkowe wnioski dla wybranych jednostek</Text>
      {value.extra.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing else tells a row until it is filled in
        <Group key={`unit.${at}`} align="flex-end" gap="sm">
          <ChoiceField
            label="Jednostka"
            choices={(units.data ?? []).map(({ id, short_name, name }) => ({
              value: id,
              label: name === short_name ? name : `${short_name}, ${name}`,
            }))}
            value={one.unit || null}
            onChange={(unit) => onChange({ ...value, extra: replaced(value.extra, at, { unit: unit ?? "" }) })}
          />
          <LimitInput
            label="O ile więcej"
            value={one.number}
            onChange={(number) => onChange({ ...value, extra: replaced(value.extra, at, { number: number ?? 0 }) })}
          />
          <Button variant="subtle" onClick={() => onChange({ ...value, extra: without(value.extra, at) })}>
            Usuń
          </Button>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          size="xs"
          onClick={() => onChange({ ...value, extra: [...value.extra, { unit: "", number: 1 }] })}
        >
          Dodaj jednostkę
        </Button>
      </Group>
      <LimitInput
        label="Ile wniosków może dotyczyć jednej osoby"
        description="Puste: bez limitu. Na przykład ucznia albo nauczyciela, którego dotyczy nagroda."
        value={value.per_person}
        onChange={(per_person) => onChange({ ...value, per_person })}
      />
      {value.per_person !== null && (
        <MultiSelect
          label="Po czym rozpoznać osobę"
          description="Pytania formularza, na przykład PESEL. System pamięta tylko skrót odpowiedzi."
          data={questions.map(({ key, label }) => ({ value: key, label }))}
          value={value.person_questions}
          onChange={(person_questions) => onChange({ ...value, person_questions })}
          maxValues={5}
          searchable
        />
      )}
    </Stack>
  );
}

interface LimitInputProps {
  label: string;
  description?: string;
  value: number | null;
  onChange: (number: number | null) => void;
}

function LimitInput({ label, description, value, onChange }: LimitInputProps) {
  return (
    <NumberInput
      label={label}
      description={description}
      value={value ?? ""}
      onChange={(given) => onChange(numberOf(given))}
      min={0}
      max={10_000}
      allowDecimal={false}
      allowNegative={false}
      maw="20rem"
    />
  );
}
