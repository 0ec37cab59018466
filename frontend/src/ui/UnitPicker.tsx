import { Button, Group, NativeSelect, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { allUnits, type Unit } from "@/api/units";
import { ranked } from "@/ui/finding";
import { counted } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { byPolish } from "@/ui/polish";
import { SearchField } from "@/ui/SearchField";
import classes from "@/ui/UnitPicker.module.css";

const CHOSEN = "chosen";

interface UnitPickerProps {
  /** The name of the group of boxes: "Jednostki w grupie". */
  label: string;
  /** Ids of the chosen units. */
  value: readonly string[];
  onChange: (ids: string[]) => void;
  error?: string;
}

/** Chooses units of the city one by one, or all that are shown at once; filtered on the spot by words and by kind. */
export function UnitPicker({ label, value, onChange, error }: UnitPickerProps) {
  const [search, setSearch] = useState("");
  const [kind, setKind] = useState("");
  const units = useQuery({
    queryKey: ["get", "/api/v1/directory/units/", "all open"],
    queryFn: allUnits,
    staleTime: 60_000,
  });
  const kindsKnown = api.useQuery("get", "/api/v1/directory/kinds/", {}, { staleTime: 60_000 });

  if (!units.data) {
    return units.error ? (
      <ProblemAlert error={units.error} retry={() => void units.refetch()} />
    ) : (
      <Skeleton height={220} />
    );
  }

  const chosen = new Set(value);
  const named = new Map(
    kindsKnown.data?.map(({ code, name, also_called }) => [code, [name, ...also_called].join(" ")]),
  );
  const namesOf = (unit: Unit) => ({
    names: [unit.short_name],
    rest: `${unit.name} ${unit.street} ${named.get(unit.kind.code) ?? unit.kind.name}`,
  });
  const ofKind = units.data.filter(
    (unit) => kind === "" || (kind === CHOSEN ? chosen.has(unit.id) : unit.kind.code === kind),
  );
  const shown = ranked(ofKind, search, namesOf);
  const kinds = [...new Map(units.data.map((unit) => [unit.kind.code, unit.kind.name]))].toSorted(([, a], [, b]) =>
    byPolish(a, b),
  );
  const isAllChosen = shown.length > 0 && shown.every(({ id }) => chosen.has(id));

  const choose = (ids: readonly string[], isChosen: boolean) => {
    const next = new Set(value);
    for (const id of ids) {
      next[isChosen ? "add" : "delete"](id);
    }
    onChange([...next]);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset keeps a minimum width of its own and breaks on a phone
    <div role="group" aria-label={label}>
      <div className={classes.tools}>
        <SearchField label="Szukaj jednostki" value={search} onChange={setSearch} isFirst />
        <NativeSelect
          label="Pokaż"
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value)}
          data={[
            { value: "", label: "wszystkie rodzaje" },
            { value: CHOSEN, label: "tylko wybrane" },
            ...kinds.map(([code, name]) => ({ value: code, label: name })),
          ]}
        />
      </div>
      <ul className={classes.list} aria-label={label}>
        {shown.map((unit) => (
          <li key={unit.id}>
            <label className={classes.option}>
              <input
                type="checkbox"
                checked={chosen.has(unit.id)}
                onChange={(event) => choose([unit.id], event.currentTarget.checked)}
              />
              <span>
                {unit.short_name} <span className={classes.name}>{unit.name}</span>
              </span>
            </label>
          </li>
        ))}
        {shown.length === 0 && <li className={classes.name}>Nic nie pasuje. Zmień szukane słowo albo rodzaj.</li>}
      </ul>
      {error && (
        <Text size="sm" c="var(--mantine-color-error)">
          {error}
        </Text>
      )}
      <div className={classes.foot}>
        <Text fw={600} role="status">
          Wybrano: {counted(value.length, "jednostka", "jednostki", "jednostek")}
        </Text>
        <Group gap="xs">
          <Button
            variant="default"
            size="sm"
            disabled={shown.length === 0}
            onClick={() =>
              choose(
                shown.map(({ id }) => id),
                !isAllChosen,
              )
            }
          >
            {isAllChosen ? "Odznacz" : "Zaznacz"} pokazane ({shown.length})
          </Button>
          <Button variant="subtle" size="sm" disabled={value.length === 0} onClick={() => onChange([])}>
            Wyczyść wybór
          </Button>
        </Group>
      </div>
    </div>
  );
}
