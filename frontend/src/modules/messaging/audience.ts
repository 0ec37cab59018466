import type { Schemas } from "@/api/client";
import type { Unit } from "@/api/units";
import { EXACT, type Names, ranked, rankOf } from "@/ui/finding";
import type { Choice } from "./ChoiceBox";
import type { Audience } from "./draft";

/** Everything that can be written to; people only once they were searched for. */
export interface Choices {
  kinds: readonly Schemas["UnitKindOut"][];
  groups: readonly Schemas["GroupOut"][];
  units: readonly Unit[];
  people: readonly { id: string; name: string; email: string }[];
}

interface Chip {
  key: string;
  label: string;
  without: Audience;
}

const ALL = "all";
const MOST_SHOWN = 60;

const ALL_UNITS = "Wszystkie jednostki";

type Kind = Choices["kinds"][number];

const namesOfKind = ({ name, also_called }: Kind): Names => ({ names: [name, ...also_called] });
const namesOfUnit = ({ short_name, name }: Unit): Names => ({ names: [short_name], rest: name });

/** What may still be chosen, narrowed to what was typed, and the choice that bears exactly this name. */
export function offeredOf({ kinds, groups, units, people }: Choices, value: Audience, search: string) {
  const chosenPeople = new Set(value.people.map(({ id }) => id));
  let exact: string | undefined;
  const listed = <T>(
    group: string,
    items: readonly T[],
    namesOf: (item: T) => Names,
    choiceOf: (item: T) => Choice,
  ) => {
    const found = ranked(items, search, namesOf).slice(0, MOST_SHOWN);
    const [best] = found;
    const hasExact = best !== undefined && search.trim() !== "" && rankOf(search, namesOf(best)) === EXACT;
    if (hasExact) {
      exact ??= choiceOf(best).value;
    }
    return { group, items: found.map(choiceOf), hasExact };
  };
  const all = [
    listed(
      "Wszyscy",
      value.allUnits ? [] : [ALL_UNITS],
      (name) => ({ names: [name] }),
      (label) => ({ value: ALL, label }),
    ),
    listed(
      "Rodzaje jednostek",
      kinds.filter(({ code, units: count }) => count > 0 && !value.kinds.includes(code)),
      namesOfKind,
      ({ code, name, units: count }) => ({ value: `kind:${code}`, label: `${name} (${count})` }),
    ),
    listed(
      "Grupy",
      groups.filter(({ id }) => !value.groups.includes(id)),
      ({ name }) => ({ names: [name] }),
      ({ id, name }) => ({ value: `group:${id}`, label: name }),
    ),
    listed(
      "Osoby",
      people.filter(({ id }) => !chosenPeople.has(id)),
      ({ name }) => ({ names: [name], rest: search }), // the server has found them
      ({ id, name, email }) => ({ value: `person:${id}`, label: email ? `${name}, ${email}` : name }),
    ),
    listed(
      "Jednostki",
      units.filter(({ id }) => !value.units.includes(id)),
      namesOfUnit,
      ({ id, short_name, name }) => ({
        value: `unit:${id}`,
        label: name === short_name ? name : `${short_name}, ${name}`,
      }),
    ),
  ].filter(({ items }) => items.length > 0);
  return { groups: [...all.filter(({ hasExact }) => hasExact), ...all.filter(({ hasExact }) => !hasExact)], exact };
}

export function withChoice(value: Audience, choice: string, { people }: Choices): Audience {
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

export function chipsOf(value: Audience, { kinds, groups, units }: Choices): readonly Chip[] {
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
    ...value.exceptUnits.map((id) => ({
      key: `except:${id}`,
      label: `oprócz: ${named(units.find((unit) => unit.id === id)?.short_name, "…")}`,
      without: { ...value, exceptUnits: but(value.exceptUnits, id) },
    })),
  ];
}

/** Whether the whole city, a kind or a group names the unit. */
function isNamed({ allUnits, kinds, groups }: Audience, choices: Choices, { id, kind }: Unit): boolean {
  const inGroup = choices.groups.some((group) => groups.includes(group.id) && group.units.includes(id));
  return allUnits || kinds.includes(kind.code) || inGroup;
}

/** The units that the message reaches, one by one. */
export const reachedUnits = (value: Audience, choices: Choices): string[] =>
  choices.units
    .filter((unit) => value.units.includes(unit.id) || isNamed(value, choices, unit))
    .map(({ id }) => id)
    .filter((id) => !value.exceptUnits.includes(id));

/** The same audience, reaching exactly these units: those named anyway but not among them become exceptions. */
export function reachingExactly(value: Audience, choices: Choices, ids: readonly string[]): Audience {
  const named = choices.units.filter((unit) => isNamed(value, choices, unit)).map(({ id }) => id);
  return {
    ...value,
    units: ids.filter((id) => !named.includes(id)),
    exceptUnits: named.filter((id) => !ids.includes(id)),
  };
}

/** Of each chosen kind the units of other kinds that contain one, such as a zespół with a primary school, left out so far. */
export function complexesOf(value: Audience, choices: Choices): { kind: string; units: string[] }[] {
  const known = new Set([...reachedUnits(value, choices), ...value.exceptUnits]);
  return choices.kinds
    .filter(({ code }) => value.kinds.includes(code))
    .map(({ code, name }) => ({
      kind: name,
      units: choices.units.filter(({ id, contains }) => contains.includes(code) && !known.has(id)).map(({ id }) => id),
    }))
    .filter(({ units }) => units.length > 0);
}
