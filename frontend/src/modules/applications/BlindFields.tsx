import { Button, Checkbox, Fieldset, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { DateTimeField } from "@/ui/DateTimeField";
import { type CommitteeDraft, type PhaseDraft, replaced, without } from "./rules";

interface BlindFieldsProps {
  value: CommitteeDraft;
  onChange: (phases: PhaseDraft[]) => void;
}

/** What a committee may not know, and until when: who applies, or who of it gave which score. */
export function BlindFields({ value: { name, phases }, onChange }: BlindFieldsProps) {
  return (
    <>
      <Text fw={600}>Ocena w ciemno</Text>
      {phases.length === 0 && (
        <Text c="dimmed" size="sm">
          Komisja widzi, kto składa wniosek, a po zamknięciu oceny także oceny z nazwiskami.
        </Text>
      )}
      {phases.map((one, at) => (
        <PhaseField
          key={one.row}
          value={one}
          number={at + 1}
          onChange={(change) => onChange(replaced(phases, at, change))}
          onRemove={() => onChange(without(phases, at))}
        />
      ))}
      <Group>
        <Button
          variant="default"
          size="xs"
          aria-label={`Dodaj okres oceny w ciemno: ${name}`}
          onClick={() => onChange([...phases, newPhase()])}
        >
          Dodaj okres oceny w ciemno
        </Button>
      </Group>
    </>
  );
}

const newPhase = (): PhaseDraft => ({
  row: crypto.randomUUID(),
  from_at: null,
  to_at: null,
  hides_applicant: true,
  hides_members: false,
});

interface PhaseFieldProps {
  value: PhaseDraft;
  number: number;
  onChange: (change: Partial<PhaseDraft>) => void;
  onRemove: () => void;
}

function PhaseField({ value, number, onChange, onRemove }: PhaseFieldProps) {
  return (
    <Fieldset legend={`Okres ${number}`} variant="filled">
      <Stack gap="sm">
        <Checkbox
          label="Komisja nie wie, kto składa wniosek"
          description="Zamiast tytułu, jednostki i znaku widzi kryptonim. Nie widzi załączników ani odpowiedzi, które zdradzają wnioskodawcę."
          checked={value.hides_applicant}
          onChange={(event) => onChange({ hides_applicant: event.currentTarget.checked })}
        />
        <Checkbox
          label="Członkowie nie wiedzą, kto dał którą ocenę"
          checked={value.hides_members}
          onChange={(event) => onChange({ hides_members: event.currentTarget.checked })}
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <DateTimeField
            id={`${value.row}.from_at`}
            label="Od kiedy"
            description="Puste: od ogłoszenia."
            usualHour="08:00"
            value={value.from_at}
            onChange={(from_at) => onChange({ from_at })}
          />
          <DateTimeField
            id={`${value.row}.to_at`}
            label="Do kiedy"
            description="Od tej chwili wszystko widać. Puste: bez końca."
            value={value.to_at}
            onChange={(to_at) => onChange({ to_at })}
          />
        </SimpleGrid>
        <Group>
          <Button variant="subtle" size="xs" onClick={onRemove} aria-label={`Usuń okres ${number}`}>
            Usuń okres
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
