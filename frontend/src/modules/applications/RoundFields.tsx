import { Button, Checkbox, Fieldset, Group, MultiSelect, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { DateTimeField } from "@/ui/DateTimeField";
import { newRound, type RoundDraft, replaced, without } from "./rules";

interface RoundFieldsProps {
  value: RoundDraft[];
  year: string;
  /** Of the pots that the call names, for whoever may not look into the budget. */
  named: readonly { code: string; name: string }[];
  onChange: (rounds: RoundDraft[]) => void;
}

/** The windows of a call, each with its pots and what holds for kinds of applicants alone. */
export function RoundFields({ value, year, named, onChange }: RoundFieldsProps) {
  return (
    <Stack>
      {value.length === 0 && <Text c="dimmed">Dodaj termin, w którym można składać wnioski.</Text>}
      {value.map((one, at) => (
        <RoundField
          key={one.key}
          value={one}
          year={year}
          named={named}
          onChange={(change) => onChange(replaced(value, at, change))}
          onRemove={() => onChange(without(value, at))}
        />
      ))}
      <Group>
        <Button variant="default" onClick={() => onChange([...value, newRound(value)])}>
          {value.length === 0 ? "Dodaj termin" : "Dodaj turę"}
        </Button>
      </Group>
    </Stack>
  );
}

interface RoundFieldProps {
  value: RoundDraft;
  year: string;
  named: RoundFieldsProps["named"];
  onChange: (change: Partial<RoundDraft>) => void;
  onRemove: () => void;
}

function RoundField({ value, year, named, onChange, onRemove }: RoundFieldProps) {
  const { may } = useSession();
  const pots = api.useQuery(
    "get",
    "/api/v1/budget/pots/",
    { params: { query: { year: Number(year) || undefined, page_size: 500 } } },
    { enabled: may("budget.view_pots"), staleTime: 60_000 },
  );
  const known = new Map([...named, ...(pots.data?.results ?? [])].map(({ code, name }) => [code, name]));
  const codes = [...new Set([...known.keys(), ...value.pots])];
  return (
    <Fieldset legend={value.name || "Tura"}>
      <Stack gap="sm">
        <TextInput
          label="Nazwa tury"
          value={value.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
          maxLength={100}
          required
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: "end" }}>
          <DateTimeField
            id={`${value.key}.opens_at`}
            label="Od kiedy"
            usualHour="08:00"
            value={value.opens_at}
            onChange={(opens_at) => onChange({ opens_at })}
          />
          <DateTimeField
            id={`${value.key}.closes_at`}
            label="Do kiedy"
            description="O tej godzinie jest już za późno; liczy się zegar serwera."
            value={value.closes_at}
            onChange={(closes_at) => onChange({ closes_at })}
          />
        </SimpleGrid>
        <MultiSelect
          label="Pule środków"
          description="Puste: nabór bez pieniędzy."
          data={codes.map((code) => ({ value: code, label: known.get(code) ?? code }))}
          value={value.pots}
          onChange={(chosen) => onChange({ pots: chosen })}
          searchable
        />
        {value.own_deadlines.map((own, at) => (
          <OwnDeadlineField
            // biome-ignore lint/suspicious/noArrayIndexKey: nothing else tells one until it is filled in
            key={`${value.key}.${at}`}
            id={`${value.key}.own.${at}`}
            value={own}
            onChange={(change) => onChange({ own_deadlines: replaced(value.own_deadlines, at, change) })}
            onRemove={() => onChange({ own_deadlines: without(value.own_deadlines, at) })}
          />
        ))}
        <Group>
          <Button
            variant="subtle"
            size="xs"
            onClick={() =>
              onChange({
                own_deadlines: [...value.own_deadlines, { kinds: [], people: false, closes_at: value.closes_at }],
              })
            }
          >
            Inny termin dla rodzaju wnioskodawców
          </Button>
          <Button variant="subtle" size="xs" color="danger" onClick={onRemove} aria-label={`Usuń turę: ${value.name}`}>
            Usuń
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

type Own = RoundDraft["own_deadlines"][number];

interface OwnDeadlineFieldProps {
  id: string;
  value: Own;
  onChange: (change: Partial<Own>) => void;
  onRemove: () => void;
}

function OwnDeadlineField({ id, value, onChange, onRemove }: OwnDeadlineFieldProps) {
  const kinds = api.useQuery("get", "/api/v1/directory/kinds/", {}, { staleTime: 60_000 });
  return (
    <Fieldset legend="Inny termin" variant="filled">
      <Stack gap="sm">
        <MultiSelect
          label="Dla rodzajów jednostek"
          data={(kinds.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
          value={value.kinds}
          onChange={(chosen) => onChange({ kinds: chosen })}
          searchable
        />
        <Checkbox
          label="Dla osób, które składają we własnym imieniu"
          checked={value.people}
          onChange={(event) => onChange({ people: event.currentTarget.checked })}
        />
        <DateTimeField
          id={id}
          label="Do kiedy"
          value={value.closes_at}
          onChange={(closes_at) => onChange({ closes_at })}
        />
        <Group>
          <Button variant="subtle" size="xs" onClick={onRemove}>
            Usuń ten termin
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
