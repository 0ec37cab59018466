import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { allUnits } from "@/api/units";
import { ChoiceField } from "@/ui/ChoiceField";
import { FactList } from "@/ui/FactList";
import { asText, type FieldProps } from "@/ui/filling/fieldParts";
import { PersonField } from "@/ui/PersonField";

export const UNIT_FACTS: Readonly<Record<string, string>> = {
  name: "Nazwa",
  short_name: "Nazwa skrócona",
  kind: "Rodzaj (kod)",
  kind_name: "Rodzaj",
  street: "Ulica i numer",
  postal_code: "Kod pocztowy",
  city: "Miejscowość",
  phone: "Telefon",
  email: "E-mail",
  nip: "NIP",
  regon: "REGON",
  rspo: "Numer RSPO",
};

/** The facts of the unit that the form asked for, by their Polish names. */
export function UnitFacts({ facts, wanted }: { facts: Readonly<Record<string, string>>; wanted: readonly string[] }) {
  const shown = wanted.filter((name) => name in facts);
  return shown.length > 0 ? (
    <div style={{ marginTop: "0.35rem" }}>
      <FactList facts={shown.map((name) => [UNIT_FACTS[name] ?? name, facts[name]] as const)} />
    </div>
  ) : null;
}

const UNITS = { queryKey: ["get", "/api/v1/directory/units/", "all open"], queryFn: allUnits, staleTime: 60_000 };

/** What a chosen unit is called: as the server told with the answer, or as the directory lists it. */
export function UnitName({ id, facts }: { id: string; facts: Readonly<Record<string, string>> }) {
  const told = facts.short_name || facts.name;
  const units = useQuery({ ...UNITS, enabled: !told });
  return told || (units.data?.find((unit) => unit.id === id)?.short_name ?? "jednostka");
}

/** A unit of the city; what the directory knows of it is drawn under it. */
export function UnitField(props: FieldProps) {
  const { id, label, help, options, value, onChange, error, isRequired, isCompact, isFixed, facts = {} } = props;
  const chosen = asText(value);
  const units = useQuery(UNITS);
  const kinds = options.kinds ?? [];
  const choices = (units.data ?? [])
    .filter((unit) => kinds.length === 0 || kinds.includes(unit.kind.code))
    .map((unit) => ({ value: unit.id, label: `${unit.short_name}, ${unit.name}` }));
  const offered =
    chosen && !choices.some((one) => one.value === chosen)
      ? [{ value: chosen, label: facts.short_name ?? facts.name ?? "wybrana jednostka" }, ...choices]
      : choices;
  if (isFixed && chosen) {
    const unit = units.data?.find((one) => one.id === chosen);
    const named = unit ? `${unit.short_name}, ${unit.name}` : (facts.short_name ?? facts.name);
    return (
      <div>
        <TextInput {...{ id, label, error }} description={help} value={named ?? "Twoja jednostka"} readOnly />
        {!isCompact && <UnitFacts facts={facts} wanted={options.facts ?? []} />}
      </div>
    );
  }
  return (
    <div>
      <ChoiceField
        {...{ id, label, isRequired }}
        description={help}
        choices={offered}
        value={chosen || null}
        onChange={onChange}
        error={error ?? (units.error ? "Nie udało się wczytać jednostek. Odśwież stronę." : undefined)}
      />
      {chosen && !isCompact && <UnitFacts facts={facts} wanted={options.facts ?? []} />}
    </div>
  );
}

export function PersonAnswer({ id, label, help, value, onChange, error, isRequired, facts = {} }: FieldProps) {
  const chosen = asText(value);
  return (
    <PersonField
      key={chosen}
      {...{ id, label, error, isRequired }}
      description={help}
      value={chosen ? { id: chosen, name: facts.name ?? "wybrana osoba" } : null}
      onChange={(person) => onChange(person?.id ?? null)}
    />
  );
}
