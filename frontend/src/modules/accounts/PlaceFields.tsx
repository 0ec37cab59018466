import { NativeSelect, Stack } from "@mantine/core";
import { ChoiceField } from "@/ui/ChoiceField";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { type Place, usePlaces, useScopeKinds } from "./places";

interface PlaceFieldsProps {
  id?: string;
  /** What the place is for: "Zakres". */
  label: string;
  value: Place;
  onChange: (place: Place) => void;
  error?: string;
  /** Kinds to choose from; all that the city has when absent. */
  kinds?: readonly string[];
}

const NOUNS: Record<string, string> = {
  unit: "Jednostka",
  section: "Referat",
  group: "Grupa",
  kind: "Rodzaj jednostek",
};

const capitalised = (text: string) => text.charAt(0).toLocaleUpperCase("pl") + text.slice(1);

/** A kind of place, and then which one. */
export function PlaceFields({ id = "scope", label, value, onChange, error, kinds }: PlaceFieldsProps) {
  const known = useScopeKinds();
  const places = usePlaces(value.kind);
  const offered = known.data?.filter(({ kind }) => !kinds || kinds.includes(kind)) ?? [];

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
        data={offered.map(({ kind, label: name }) => ({ value: kind, label: capitalised(name) }))}
        error={value.kind === "city" ? error : undefined}
      />
      {value.kind !== "city" && (
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
