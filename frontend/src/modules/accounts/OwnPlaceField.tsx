import { Input, NativeSelect, Text } from "@mantine/core";
import type { Schemas } from "@/api/client";
import type { Place } from "./places";

interface OwnPlaceFieldProps {
  id?: string;
  label: string;
  places: Schemas["PlacesInHandOut"]["places"];
  value: Place;
  onChange: (place: Place) => void;
  error?: string;
}

/** For a head: which of the places in hand; with only one there is nothing to choose and it is merely told. */
export function OwnPlaceField({ id = "scope", label, places, value, onChange, error }: OwnPlaceFieldProps) {
  const [only, second] = places;
  if (only && !second) {
    return (
      <Input.Wrapper id={id} label={label} labelElement="div" error={error}>
        <Text>{only.name}</Text>
      </Input.Wrapper>
    );
  }
  return (
    <NativeSelect
      id={id}
      label={label}
      value={value.id ?? ""}
      onChange={({ currentTarget }) => {
        const chosen = places.find((one) => one.id === currentTarget.value);
        if (chosen) {
          onChange({ kind: chosen.kind, id: chosen.id });
        }
      }}
      data={places.map((place) => ({ value: place.id, label: place.name }))}
      error={error}
      required
    />
  );
}
