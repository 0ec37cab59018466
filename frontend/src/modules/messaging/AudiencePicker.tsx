import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDebouncedValue, useDisclosure } from "@mantine/hooks";
import { IconBuildings, IconListCheck, IconX } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { allUnits } from "@/api/units";
import { counted, formatNumber, plural } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { UnitPicker } from "@/ui/UnitPicker";
import classes from "./AudiencePicker.module.css";
import { type Choices, chipsOf, complexesOf, offeredOf, reachedUnits, reachingExactly, withChoice } from "./audience";
import { ChoiceBox } from "./ChoiceBox";
import { type Audience, audienceBody, isNobody, NOBODY, type Reach, reachOf } from "./draft";

interface AudiencePickerProps {
  value: Audience;
  onChange: (audience: Audience) => void;
  error?: string;
}

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

function useChoices(search: string): Choices & { error: unknown } {
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

/** Whom a message goes to: one box finds kinds, groups, units and people; the chosen ones are chips with a live count. */
export function AudiencePicker({ value, onChange, error }: AudiencePickerProps) {
  const [search, setSearch] = useState("");
  const [isListOpen, list] = useDisclosure(false);
  const choices = useChoices(search);
  const { reach, error: countError } = useReach(value);
  const chips = chipsOf(value, choices);
  const reached = reachedUnits(value, choices);

  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        <ChoiceBox
          id="audience"
          label="Dodaj adresatów"
          description="Wpisz rodzaj, grupę, jednostkę albo nazwisko."
          placeholder="np. przedszkola, SP 5"
          {...offeredOf(choices, value, search)}
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
      {complexesOf(value, choices).map(({ kind, units }) => (
        <Alert key={kind} color="navy" icon={<IconBuildings aria-hidden />}>
          <Group justify="space-between" gap="sm">
            <Text c="var(--mantine-color-text)">
              {`${kind} działa też w ${formatNumber(units.length)} ${plural(units.length, "zespole", "zespołach", "zespołach")}. Czy wiadomość ma iść również tam?`}
            </Text>
            <Button
              size="xs"
              variant="default"
              onClick={() => onChange({ ...value, units: [...value.units, ...units] })}
            >
              Dodaj {plural(units.length, "ten zespół", "te zespoły", "te zespoły")}
            </Button>
          </Group>
        </Alert>
      ))}
      <Text role="status" fw={600}>
        {isNobody(value) ? "Nie wybrano jeszcze nikogo." : reach ? `Razem: ${reachOf(reach)}` : "Liczę adresatów…"}
      </Text>
      <Modal opened={isListOpen} onClose={list.close} title="Wybierz jednostki" size="lg">
        <UnitPicker
          label="Jednostki"
          value={reached}
          onChange={(units) => onChange(reachingExactly(value, choices, units))}
        />
        <Group justify="flex-end" mt="md">
          <Button onClick={list.close}>
            {reached.length > 0
              ? `Gotowe: ${counted(reached.length, "jednostka", "jednostki", "jednostek")}`
              : "Gotowe"}
          </Button>
        </Group>
      </Modal>
    </Stack>
  );
}
