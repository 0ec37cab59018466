import { Button, Text } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "@/api/client";
import { counted } from "@/ui/format";
import classes from "@/ui/PeoplePicker.module.css";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { SearchField } from "@/ui/SearchField";

export interface ChosenPerson {
  id: string;
  name: string;
}

interface PeoplePickerProps {
  /** The name of the list of those chosen: "Osoby w grupie". */
  label: string;
  value: readonly ChosenPerson[];
  onChange: (people: ChosenPerson[]) => void;
}

/** Chooses people: found by name or e-mail, added one by one. */
export function PeoplePicker({ label, value, onChange }: PeoplePickerProps) {
  const [search, setSearch] = useState("");
  const isAsked = search.trim().length >= 2;
  const found = api.useQuery(
    "get",
    "/api/v1/directory/people/",
    { params: { query: { search: search.trim(), page_size: 10 } } },
    { enabled: isAsked },
  );
  const chosen = new Set(value.map(({ id }) => id));
  const offered = isAsked ? (found.data?.results.filter(({ id }) => !chosen.has(id)) ?? []) : [];

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset keeps a minimum width of its own and breaks on a phone
    <div role="group" aria-label={label}>
      <SearchField label="Szukaj osoby" value={search} onChange={setSearch} />
      <ProblemAlert error={isAsked ? found.error : null} retry={() => void found.refetch()} />
      <ul className={classes.list} aria-label="Znalezione osoby">
        {offered.map((person) => (
          <li key={person.id} className={classes.person}>
            <span>
              {person.name}{" "}
              <Text span size="sm" c="dimmed">
                {person.email}
              </Text>
            </span>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={16} aria-hidden />}
              aria-label={`Dodaj: ${person.name}`}
              onClick={() => onChange([...value, { id: person.id, name: person.name }])}
            >
              Dodaj
            </Button>
          </li>
        ))}
      </ul>
      {isAsked && found.data && offered.length === 0 && (
        <Text size="sm" c="dimmed" role="status">
          Nie ma więcej takich osób.
        </Text>
      )}
      <Text fw={600} mt="sm" role="status">
        Wybrano: {counted(value.length, "osoba", "osoby", "osób")}
      </Text>
      <ul className={classes.list} aria-label={label}>
        {value.map((person) => (
          <li key={person.id} className={classes.person}>
            {person.name}
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconX size={16} aria-hidden />}
              aria-label={`Usuń: ${person.name}`}
              onClick={() => onChange(value.filter(({ id }) => id !== person.id))}
            >
              Usuń
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
