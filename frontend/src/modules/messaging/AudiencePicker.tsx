import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDebouncedValue, useDisclosure } from "@mantine/hooks";
import { IconListCheck, IconX } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { allUnits } from "@/api/units";
import { counted } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { folded } from "@/ui/polish";
import { UnitPicker } from "@/ui/UnitPicker";
import classes from "./AudiencePicker.module.css";
import { ChoiceBox, type ChoiceGroup } from "./ChoiceBox";
import { type Audience, audienceBody, isNobody, NOBODY, type Reach, reachOf } from "./draft";

interface AudiencePickerProps {
  value: Audience;
  onChange: (audience: Audience) => void;
  error?: string;
}

interface Chip {
  key: string;
  label: string;
  without: Audience;
}

const ALL = "all";
const MOST_SHOWN = 60;

/** How many units and people an audience means now. */
export function useReach(audience: Audience): { reach: Reach | undefined; error: unknown } {
  const { data, error } = api.useQuery(
    "post",
    "/api/v1/messaging/audience/",
    { body: audienceBody(audience) },
    { enabled: !isNobody(audience), placeholderData: keepPreviousData },
  );
  return { reach: isNobody(audience) ? NOBODY : data, error };
}

function useChoices(search: string) {
  const [asked] = useDebouncedValue(search.trim(), 200);
  const kinds = api.useQuery("get", "/api/v1/directory/kinds/", {}, { staleTime: 60_000 });
  const groups = api.useQuery("get", "/api/v1/directory/groups/", { params: { query: { page_size: 500 } } });
  const units = useQuery({
    queryKey: ["get", "/api/v1/directory/units/", "all open"],
    queryFn: allUnits,
    staleTime: 60_000,
  });
  const people = api.useQuery(
    "get",
    "/api/v1/directory/people/",
    { params: { query: { search: asked, page_size: 15 } } },
    { enabled: asked.length >= 2, placeholderData: keepPreviousData },
  );
  return {
    kinds: kinds.data ?? [],
    groups: groups.data?.results ?? [],
    units: units.data ?? [],
    people: asked.length >= 2 ? (people.data?.results ?? []) : [],
    error: kinds.error ?? groups.error ?? units.error ?? people.error,
  };
}

type Choices = ReturnType<typeof useChoices>;

const ALL_UNITS = "Wszystkie jednostki";

function groupsOf({ kinds, groups, units, people }: Choices, value: Audience, search: string): ChoiceGroup[] {
  const words = folded(search).split(/\s+/);
  const fits = (text: string) => words.every((word) => folded(text).includes(word));
  const listed = (group: string, items: ChoiceGroup["items"]) => (items.length > 0 ? [{ group, items }] : []);
  const chosenPeople = new Set(value.people.map(({ id }) => id));
  const ofPeople = listed(
    "Osoby",
    people
      .filter(({ id }) => !chosenPeople.has(id))
      .map(({ id, name, email }) => ({ value: `person:${id}`, label: email ? `${name}, ${email}` : name })),
  );
  const ofUnits = listed(
    "Jednostki",
    units
      .filter(({ id, short_name, name }) => !value.units.includes(id) && fits(`${short_name} ${name}`))
      .slice(0, MOST_SHOWN)
      .map(({ id, short_name, name }) => ({
        value: `unit:${id}`,
        label: name === short_name ? name : `${short_name}, ${name}`,
      })),
  );
  const isUnit = units.some(({ short_name }) => folded(short_name).startsWith(words.join(" "))); // "SP 1" is no person
  return [
    ...listed("Wszyscy", value.allUnits || !fits(ALL_UNITS) ? [] : [{ value: ALL, label: ALL_UNITS }]),
    ...listed(
      "Rodzaje jednostek",
      kinds
        .filter(({ code, name, units: count }) => count > 0 && !value.kinds.includes(code) && fits(name))
        .map(({ code, name, units: count }) => ({ value: `kind:${code}`, label: `${name} (${count})` })),
    ),
    ...listed(
      "Grupy",
      groups
        .filter(({ id, name }) => !value.groups.includes(id) && fits(name))
        .map(({ id, name }) => ({ value: `group:${id}`, label: name })),
    ),
    ...(isUnit ? [...ofUnits, ...ofPeople] : [...ofPeople, ...ofUnits]),
  ];
}

function withChoice(value: Audience, choice: string, { people }: Choices): Audience {
  const [sort = "", id = ""] = choice.split(/:(.*)/s);
  switch (sort) {
    case "kind":
      return { ...value, kinds: [...value.kinds, id] };
    case "group":
      return { ...value, groups: [...value.groups, id] };
    case "unit":
      return { ...value, units: [...value.units, id] };
    case "person": {
      const person = people.find((one) => one.id === id);
      return person ? { ...value, people: [...value.people, { id, name: person.name }] } : value;
    }
    default:
      return { ...value, allUnits: true };
  }
}

function chipsOf(value: Audience, { kinds, groups, units }: Choices): readonly Chip[] {
  const but = (list: readonly string[], gone: string) => list.filter((one) => one !== gone);
  const named = (found: string | undefined, usual: string) => found ?? usual;
  return [
    ...(value.allUnits ? [{ key: ALL, label: ALL_UNITS, without: { ...value, allUnits: false } }] : []),
    ...value.kinds.map((code) => ({
      key: `kind:${code}`,
      label: named(kinds.find((kind) => kind.code === code)?.name, code),
      without: { ...value, kinds: but(value.kinds, code) },
    })),
    ...value.groups.map((id) => ({
      key: `group:${id}`,
      label: `Grupa: ${named(groups.find((group) => group.id === id)?.name, "…")}`,
      without: { ...value, groups: but(value.groups, id) },
    })),
    ...value.people.map(({ id, name }) => ({
      key: `person:${id}`,
      label: name,
      without: { ...value, people: value.people.filter((person) => person.id !== id) },
    })),
    ...value.units.map((id) => ({
      key: `unit:${id}`,
      label: named(units.find((unit) => unit.id === id)?.short_name, "…"),
      without: { ...value, units: but(value.units, id) },
    })),
  ];
}

/** Whom a message goes to: one box finds kinds, groups, units and people; the chosen ones are chips with a live count. */
export function AudiencePicker({ value, onChange, error }: AudiencePickerProps) {
  const [search, setSearch] = useState("");
  const [isListOpen, list] = useDisclosure(false);
  const choices = useChoices(search);
  const { reach, error: countError } = useReach(value);
  const chips = chipsOf(value, choices);

  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        <ChoiceBox
          id="audience"
          label="Dodaj adresatów"
          description="Wpisz rodzaj, grupę, jednostkę albo nazwisko."
          placeholder="np. szkoły podstawowe"
          groups={groupsOf(choices, value, search)}
          search={search}
          onSearch={setSearch}
          onChoose={(choice) => onChange(withChoice(value, choice, choices))}
          error={error}
        />
        <Button variant="default" leftSection={<IconListCheck size={18} aria-hidden />} onClick={list.open}>
          Wybierz jednostki z listy
        </Button>
      </Group>
      <ProblemAlert error={choices.error ?? countError} />
      {chips.length > 0 && (
        <ul className={classes.chips} aria-label="Wybrani adresaci">
          {chips.map(({ key, label, without }) => (
            <li key={key} className={classes.chip}>
              {label}
              <button type="button" aria-label={`Usuń adresata: ${label}`} onClick={() => onChange(without)}>
                <IconX size={16} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Text role="status" fw={600}>
        {isNobody(value) ? "Nie wybrano jeszcze nikogo." : reach ? `Razem: ${reachOf(reach)}` : "Liczę adresatów…"}
      </Text>
      <Modal opened={isListOpen} onClose={list.close} title="Wybierz jednostki" size="lg">
        <UnitPicker label="Jednostki" value={value.units} onChange={(units) => onChange({ ...value, units })} />
        <Group justify="flex-end" mt="md">
          <Button onClick={list.close}>
            {value.units.length > 0
              ? `Gotowe: ${counted(value.units.length, "jednostka", "jednostki", "jednostek")}`
              : "Gotowe"}
          </Button>
        </Group>
      </Modal>
    </Stack>
  );
}
