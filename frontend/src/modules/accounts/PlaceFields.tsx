import { NativeSelect, Stack } from "@mantine/core";
import { ChoiceField } from "@/ui/ChoiceField";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { NO_PLACE, type Place, usePlaces, useScopeKinds, WHOLE_CITY } from "./places";

interface PlaceFieldsProps {
  id?: string;
  /** What the place is for: "Zakres". */
  label: string;
  value: Place;
  onChange: (place: Place) => void;
  error?: string;
  /** Kinds to choose from, in this order; all that the city has when absent. */
  kinds?: readonly string[];
  /** What the whole city is called here, if not "Całe miasto". */
  cityLabel?: string;
}

const NOUNS: Record<string, string> = {
  unit: "Jednostka",
  section: "Referat",
  group: "Grupa",
  kind: "Rodzaj jednostek",
};

const capitalised = (text: string) => text.charAt(0).toLocaleUpperCase("pl") + text.slice(1);

/** A kind of place, and then which one. */
export function PlaceFields({ id = "scope", label, value, onChange, error, kinds, cityLabel }: PlaceFieldsProps) {
  const known = useScopeKinds();
  const places = usePlaces(value.kind);
  const all = known.data ?? [];
  const offered = kinds ? kinds.flatMap((wanted) => all.filter(({ kind }) => kind === wanted)) : all;
  const isNamedLater = value.kind !== WHOLE_CITY.kind && value.kind !== NO_PLACE.kind;
  const nameOf = ({ kind, label: name }: (typeof all)[number]) =>
    kind === WHOLE_CITY.kind && cityLabel ? cityLabel : capitalised(name);

  return (
    <Stack gap="sm">
      <ProblemAlert
        error={known.error ?? places.error}
        retry={() => void Promise.all([known.refetch(), places.refetch()])}
      />
      <NativeSelect
        id={id}
        label={label}
        value={value.kind}
        onChange={(event) => onChange({ kind: event.currentTarget.value, id: null })}
        data={[
          ...(value.kind === NO_PLACE.kind ? [{ value: NO_PLACE.kind, label: "wybierz" }] : []),
          ...offered.map((one) => ({ value: one.kind, label: nameOf(one) })),
        ]}
        error={isNamedLater ? undefined : error}
        required
      />
      {isNamedLater && (
        <ChoiceField
          label={NOUNS[value.kind] ?? "Miejsce"}
          placeholder="Wpisz część nazwy"
          choices={places.data ?? []}
          value={value.id}
          onChange={(chosen) => onChange({ ...value, id: chosen })}
          error={error}
          isRequired
          isDisabled={!places.data}
        />
      )}
    </Stack>
  );
}
