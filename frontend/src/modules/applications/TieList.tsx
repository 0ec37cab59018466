import { Button, Group, List, SegmentedControl, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { allUnits } from "@/api/units";
import { ChoiceField } from "@/ui/ChoiceField";
import { Fold } from "@/ui/Fold";
import { counted } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import type { ChosenPerson } from "@/ui/PeoplePicker";
import { PersonField } from "@/ui/PersonField";
import { ProblemAlert } from "@/ui/ProblemAlert";

/** Whom a member is near to: declared once, and no application of theirs ever comes before them. */
export function TieList() {
  const { data } = api.useQuery("get", "/api/v1/procedures/ties/");
  const ties = data ?? [];
  const end = api.useMutation("delete", "/api/v1/procedures/ties/{id}/", {
    meta: { refreshes: ["/api/v1/procedures/", "/api/v1/applications/"] },
    onSuccess: () => notifyDone("Odwołano powiązanie."),
  });
  return (
    <Fold title="Moje powiązania" note={ties.length === 0 ? "brak" : counted(ties.length, "wpis", "wpisy", "wpisów")}>
      <Stack>
        <Text>
          Podaj jednostki i osoby, z którymi jesteś blisko, na przykład gdy pracuje tam ktoś z rodziny. Nie zobaczysz
          ich wniosków ani nie będziesz ich oceniać. Nie musisz mówić, co to za związek, i nikt poza Tobą tej listy nie
          widzi.
        </Text>
        <ProblemAlert error={end.error} />
        {ties.length > 0 && (
          <List>
            {ties.map(({ id, name }) => (
              <List.Item key={id}>
                {name}{" "}
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={`Odwołaj powiązanie: ${name}`}
                  onClick={() => end.mutate({ params: { path: { id } } })}
                >
                  Odwołaj
                </Button>
              </List.Item>
            ))}
          </List>
        )}
        <NewTie />
      </Stack>
    </Fold>
  );
}

function NewTie() {
  const [kind, setKind] = useState<string>("unit");
  const [unit, setUnit] = useState<string | null>(null);
  const [person, setPerson] = useState<ChosenPerson | null>(null);
  const units = useQuery({
    queryKey: ["get", "/api/v1/directory/units/", "all open"],
    queryFn: allUnits,
    staleTime: 60_000,
  });
  const declare = api.useMutation("post", "/api/v1/procedures/ties/", {
    meta: { refreshes: ["/api/v1/procedures/", "/api/v1/applications/"] },
    onSuccess: ({ name }) => {
      setUnit(null);
      setPerson(null);
      notifyDone(`Zgłoszono powiązanie: ${name}.`);
    },
  });
  const isUnit = kind === "unit";
  const choices = (units.data ?? []).map(({ id, short_name, name }) => ({
    value: id,
    label: name === short_name ? name : `${short_name}, ${name}`,
  }));
  const chosen = choices.find(({ value }) => value === unit);
  const body = isUnit
    ? { unit, name: (chosen?.label ?? "").slice(0, 200) }
    : { person: person?.id ?? null, name: person?.name ?? "" };
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Z kim"
        data={[
          { value: "unit", label: "Z jednostką" },
          { value: "person", label: "Z osobą" },
        ]}
        value={kind}
        onChange={setKind}
      />
      {isUnit ? (
        <ChoiceField label="Jednostka" choices={choices} value={unit} onChange={setUnit} />
      ) : (
        <PersonField label="Osoba" value={person} onChange={setPerson} />
      )}
      <ProblemAlert error={declare.error} />
      <Group>
        <Button
          variant="default"
          loading={declare.isPending}
          disabled={isUnit ? unit === null : person === null}
          onClick={() => declare.mutate({ body })}
        >
          Zgłoś powiązanie
        </Button>
      </Group>
    </Stack>
  );
}
