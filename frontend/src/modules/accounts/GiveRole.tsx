import { Alert, Button, Group, NativeSelect, SimpleGrid, Stack } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { DayField } from "@/ui/DayField";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import type { ChosenPerson } from "@/ui/PeoplePicker";
import { PersonField } from "@/ui/PersonField";
import { useKept } from "@/ui/useKept";
import { OwnUnitField } from "./OwnUnitField";
import { PlaceFields } from "./PlaceFields";
import { isNamed, NO_PLACE, type Place, WHOLE_CITY } from "./places";
import { useRoles } from "./useRoles";

const LABELS = {
  person: "Osoba",
  role: "Rola",
  scope: "Gdzie rola działa",
  valid_from: "Działa od",
  valid_to: "Działa do (włącznie)",
};

type Missing = Partial<Record<"person" | "role" | "scope", string>>;

/** Gives somebody a role somewhere, from a day to a day. */
export function GiveRole() {
  const [params] = useSearchParams();
  const asked = params.get("person");
  const given: ChosenPerson | null = asked ? { id: asked, name: params.get("name") ?? "Wybrana osoba" } : null;
  const back = given
    ? { to: `/accounts/people/${given.id}`, label: given.name }
    : { to: "/accounts/assignments", label: "Nadane role" };
  return (
    <>
      <PageHeader title="Nadaj rolę" back={back} />
      <RoleForm key={asked} given={given} role={params.get("role") ?? ""} leaveTo={back.to} />
    </>
  );
}

function RoleForm({ given, role, leaveTo }: { given: ChosenPerson | null; role: string; leaveTo: string }) {
  const { person: actor, may, units } = useSession();
  const isHead = !may("accounts.manage_roles");
  const [ownUnit] = units;
  const start: Place = isHead && ownUnit ? { kind: "unit", id: ownUnit.id } : NO_PLACE;
  const { fields, change, forget } = useKept(`${actor?.id}.assignment.${given?.id ?? role}`, {
    person: given,
    role,
    place: start,
    valid_from: null as string | null,
    valid_to: null as string | null,
  });
  const [missing, setMissing] = useState<Missing>({});
  const roles = useRoles();
  const navigate = useNavigate();
  const give = api.useMutation("post", "/api/v1/accounts/assignments/", {
    onSuccess: async () => {
      forget();
      await navigate(leaveTo);
      notifyDone("Nadano rolę. Działa od następnego kliknięcia tej osoby.");
    },
  });
  const chosen = roles.data?.find(({ id }) => id === fields.role);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { person, place, valid_from, valid_to } = fields;
    const found: Missing = {
      ...(!person && { person: "Wskaż osobę." }),
      ...(!fields.role && { role: "Wybierz rolę." }),
      ...(!isNamed(place) && { scope: "Wskaż, gdzie rola ma działać." }),
    };
    setMissing(found);
    if (person && Object.keys(found).length === 0) {
      give.mutate({ body: { person: person.id, role: fields.role, scope: place, valid_from, valid_to } });
    }
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack maw="46rem">
        <FormErrorSummary error={give.error} labels={LABELS} title="Nie nadano roli" />
        <Panel title="Kto i co">
          <Stack>
            <PersonField
              id="person"
              label={LABELS.person}
              value={fields.person}
              onChange={(person) => change({ person })}
              error={missing.person ?? errorOf(give.error, "person")}
              isRequired
            />
            <NativeSelect
              id="role"
              label={LABELS.role}
              description={chosen?.description}
              value={fields.role}
              onChange={(event) => change({ role: event.currentTarget.value })}
              error={missing.role ?? errorOf(give.error, "role")}
              required
              data={[
                { value: "", label: "wybierz" },
                ...(roles.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </Stack>
        </Panel>
        <Panel title="Gdzie i kiedy">
          <Stack>
            {isHead && ownUnit ? (
              <OwnUnitField
                label={LABELS.scope}
                value={fields.place.id}
                onChange={(id) => change({ place: { kind: "unit", id } })}
                error={missing.scope ?? errorOf(give.error, "scope")}
              />
            ) : (
              <PlaceFields
                label={LABELS.scope}
                value={fields.place}
                onChange={(place) => change({ place })}
                error={missing.scope ?? errorOf(give.error, "scope")}
              />
            )}
            {fields.place.kind === WHOLE_CITY.kind && (
              <Alert color="caution" title="Rola w całym mieście">
                Ta osoba będzie mogła to, na co pozwala rola, we wszystkich jednostkach.
              </Alert>
            )}
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <DayField
                id="valid_from"
                label={LABELS.valid_from}
                description="Puste: od teraz."
                value={fields.valid_from}
                onChange={(valid_from) => change({ valid_from })}
                error={errorOf(give.error, "valid_from")}
              />
              <DayField
                id="valid_to"
                label={LABELS.valid_to}
                description="Puste: bezterminowo."
                value={fields.valid_to}
                onChange={(valid_to) => change({ valid_to })}
                error={errorOf(give.error, "valid_to")}
              />
            </SimpleGrid>
          </Stack>
        </Panel>
        <Group justify="flex-end">
          <ButtonLink to={leaveTo} variant="default">
            Anuluj
          </ButtonLink>
          <Button type="submit" loading={give.isPending}>
            Nadaj rolę
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
