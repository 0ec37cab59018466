import { Select, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { ChosenPerson } from "@/ui/PeoplePicker";

const LEAST_LETTERS = 2;

interface PersonFieldProps {
  id?: string;
  label: string;
  description?: string;
  value: ChosenPerson | null;
  onChange: (person: ChosenPerson | null) => void;
  error?: string;
  isRequired?: boolean;
}

/** One person with an open account, found by name or e-mail. */
export function PersonField({ id, label, description, value, onChange, error, isRequired }: PersonFieldProps) {
  const [search, setSearch] = useState(value?.name ?? "");
  const [asked] = useDebouncedValue(search.trim(), 250);
  const isAsked = asked.length >= LEAST_LETTERS && asked !== value?.name;
  const found = api.useQuery(
    "get",
    "/api/v1/directory/people/",
    { params: { query: { search: asked, page_size: 20 } } },
    { enabled: isAsked, placeholderData: keepPreviousData },
  );
  const people = isAsked ? (found.data?.results ?? []) : [];
  const emails = new Map(people.map((person) => [person.id, person.email]));
  const offered = value && !emails.has(value.id) ? [value, ...people] : people;
  const hint =
    search.trim().length < LEAST_LETTERS
      ? "Wpisz początek imienia, nazwiska albo adresu e-mail."
      : found.isFetching || asked !== search.trim()
        ? "Szukam…"
        : "Nie ma takiej osoby.";

  return (
    <Select
      id={id}
      label={label}
      description={description}
      placeholder="Imię, nazwisko albo e-mail"
      data={offered.map((person) => ({ value: person.id, label: person.name }))}
      filter={({ options }) => options}
      value={value?.id ?? null}
      onChange={(chosen) => {
        const person = offered.find((one) => one.id === chosen);
        onChange(person ? { id: person.id, name: person.name } : null);
      }}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      nothingFoundMessage={hint}
      renderOption={({ option }) => (
        <span>
          {option.label}{" "}
          <Text span size="sm" c="dimmed">
            {emails.get(option.value)}
          </Text>
        </span>
      )}
      clearable
      clearButtonProps={{ "aria-label": `Wyczyść: ${label}` }}
      error={error ?? (found.error ? "Nie udało się wyszukać osób. Spróbuj ponownie." : undefined)}
      required={isRequired}
    />
  );
}
