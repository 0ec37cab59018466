import { Button, Fieldset, Group, MultiSelect, NumberInput, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { ChoiceField } from "@/ui/ChoiceField";
import { DateTimeField } from "@/ui/DateTimeField";
import { PersonField } from "@/ui/PersonField";
import { BlindFields } from "./BlindFields";
import { type CommitteeDraft, newCommittee, type RoundDraft, replaced, type SeatDraft, without } from "./rules";

const PARTS = [
  { value: "chair", label: "przewodniczy" },
  { value: "deputy", label: "zastępuje przewodniczącą lub przewodniczącego" },
  { value: "member", label: "ocenia" },
  { value: "secretary", label: "sekretarz, nie ocenia" },
] as const;

interface CommitteeFieldsProps {
  value: CommitteeDraft[];
  rounds: readonly RoundDraft[];
  functions: readonly { key: string; name: string }[];
  onChange: (committees: CommitteeDraft[]) => void;
}

/** Who scores the applications of a call: people with dates, one of whom leads; none: whoever holds the function. */
export function CommitteeFields({ value, rounds, functions, onChange }: CommitteeFieldsProps) {
  if (functions.length === 0) {
    return <Text c="dimmed">W tej procedurze nikt nie ocenia wniosków, więc komisja nie jest potrzebna.</Text>;
  }
  return (
    <Stack>
      {value.length === 0 && (
        <Text c="dimmed">
          Bez komisji oceniają osoby, które pełnią w mieście funkcję wskazaną w procedurze (
          {functions.map(({ name }) => `„${name}”`).join(", ")}).
        </Text>
      )}
      {value.map((one, at) => (
        <CommitteeField
          key={one.key}
          value={one}
          rounds={rounds}
          functions={functions}
          onChange={(change) => onChange(replaced(value, at, change))}
          onRemove={() => onChange(without(value, at))}
        />
      ))}
      <Group>
        <Button variant="default" onClick={() => onChange([...value, newCommittee(value, functions[0]?.key ?? "")])}>
          Dodaj komisję
        </Button>
      </Group>
    </Stack>
  );
}

interface CommitteeFieldProps {
  value: CommitteeDraft;
  rounds: readonly RoundDraft[];
  functions: readonly { key: string; name: string }[];
  onChange: (change: Partial<CommitteeDraft>) => void;
  onRemove: () => void;
}

function CommitteeField({ value, rounds, functions, onChange, onRemove }: CommitteeFieldProps) {
  const seated = (at: number, change: Partial<SeatDraft>) => onChange({ members: replaced(value.members, at, change) });
  return (
    <Fieldset legend={value.name || "Komisja"}>
      <Stack gap="sm">
        <TextInput
          label="Nazwa komisji"
          value={value.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
          maxLength={200}
          required
        />
        {functions.length > 1 && (
          <ChoiceField
            label="Co ocenia"
            choices={functions.map(({ key, name }) => ({ value: key, label: name }))}
            value={value.function || null}
            onChange={(chosen) => onChange({ function: chosen ?? "" })}
            isRequired
          />
        )}
        {rounds.length > 1 && (
          <MultiSelect
            label="Wnioski których tur"
            description="Puste: wszystkich."
            data={rounds.map(({ key, name }) => ({ value: key, label: name }))}
            value={value.rounds}
            onChange={(chosen) => onChange({ rounds: chosen })}
          />
        )}
        <NumberInput
          label="Ile osób ocenia każdy wniosek"
          description="Puste: wszyscy. Inaczej wnioski rozdzielamy po równo, z pominięciem osób wyłączonych."
          value={value.each_to ?? ""}
          onChange={(given) => onChange({ each_to: given === "" ? null : Number(given) })}
          min={1}
          max={100}
          allowDecimal={false}
          maw="20rem"
        />
        <Text fw={600}>Skład</Text>
        {value.members.map((one, at) => (
          <SeatField
            key={one.row}
            value={one}
            onChange={(change) => seated(at, change)}
            onRemove={() => onChange({ members: without(value.members, at) })}
          />
        ))}
        <NewSeat
          onAdd={(seat) => onChange({ members: [...value.members, seat] })}
          isFirst={value.members.length === 0}
        />
        <BlindFields value={value} onChange={(phases) => onChange({ phases })} />
        <Group>
          <Button
            variant="subtle"
            size="xs"
            color="danger"
            onClick={onRemove}
            aria-label={`Usuń komisję: ${value.name}`}
          >
            Usuń komisję
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

interface SeatFieldProps {
  value: SeatDraft;
  onChange: (change: Partial<SeatDraft>) => void;
  onRemove: () => void;
}

function SeatField({ value, onChange, onRemove }: SeatFieldProps) {
  const [isDated, setDated] = useState(value.from_at !== null || value.to_at !== null);
  return (
    <Fieldset legend={value.name} variant="filled">
      <Stack gap="sm">
        <ChoiceField
          label="Rola"
          choices={PARTS}
          value={value.part}
          onChange={(part) => onChange({ part: (part ?? "member") as SeatDraft["part"] })}
          isRequired
        />
        {isDated && (
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
              description="Od tej chwili już nie ocenia."
              value={value.to_at}
              onChange={(to_at) => onChange({ to_at })}
            />
          </SimpleGrid>
        )}
        <Group>
          {!isDated && (
            <Button variant="subtle" size="xs" onClick={() => setDated(true)}>
              Ogranicz terminem
            </Button>
          )}
          <Button variant="subtle" size="xs" onClick={onRemove} aria-label={`Usuń z komisji: ${value.name}`}>
            Usuń z komisji
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

/** The field stays after a choice and asks for the next one: a committee is put together name by name. */
function NewSeat({ onAdd, isFirst }: { onAdd: (seat: SeatDraft) => void; isFirst: boolean }) {
  const [added, setAdded] = useState(0);
  return (
    <PersonField
      key={added}
      label="Dodaj osobę"
      description={isFirst ? "Pierwsza dodana osoba przewodniczy; rolę możesz zmienić." : undefined}
      value={null}
      onChange={(person) => {
        if (person) {
          onAdd({
            row: `${person.id}.${crypto.randomUUID()}`,
            person: person.id,
            name: person.name,
            part: isFirst ? "chair" : "member",
            from_at: null,
            to_at: null,
          });
          setAdded(added + 1);
        }
      }}
    />
  );
}
