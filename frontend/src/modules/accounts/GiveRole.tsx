import { Alert, NativeSelect, SimpleGrid, Stack } from "@mantine/core";
import { useNavigate, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { DayField } from "@/ui/DayField";
import { EditForm } from "@/ui/EditForm";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import type { ChosenPerson } from "@/ui/PeoplePicker";
import { PersonField } from "@/ui/PersonField";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";
import { OwnPlaceField } from "./OwnPlaceField";
import { PlaceFields } from "./PlaceFields";
import { usePlacesInHand, WHOLE_CITY } from "./places";
import { useRolesToGive, whyNoRoles } from "./useRolesToGive";

const LABELS = {
  person: "Osoba",
  role: "Rola",
  scope: "Gdzie rola działa",
  valid_from: "Działa od",
  valid_to: "Działa do (włącznie)",
};

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
  const { person: actor } = useSession();
  const inHand = usePlacesInHand(false);
  const navigate = useNavigate();
  const give = api.useMutation("post", "/api/v1/accounts/assignments/", {
    onSuccess: async () => {
      form.forget();
      await navigate(leaveTo);
      notifyDone("Nadano rolę. Działa od następnego kliknięcia tej osoby.");
    },
  });
  const propose = api.useMutation("post", "/api/v1/accounts/motions/", {
    onSuccess: async ({ id }) => {
      form.forget();
      await navigate(`/accounts/motions/${id}`);
    },
  });
  const form = useEdit({
    begin: {
      person: given,
      role,
      scope: inHand.start,
      valid_from: null as string | null,
      valid_to: null as string | null,
    },
    labels: LABELS,
    saving: [give, propose],
    keptAs: `${actor?.id}.assignment.${given?.id ?? role}`,
    lacking: ({ role: wanted }): Partial<Record<"role", string>> =>
      wanted && roles.data && !chosen ? { role: "Tej roli nie możesz tam nadać. Wybierz inną." } : {},
  });
  const { fields } = form;
  const roles = useRolesToGive(fields.scope);
  const chosen = roles.data?.find(({ id }) => id === fields.role);
  const place = form.choice("scope");
  const needsSecond = chosen?.needs_second_person === true;

  return (
    <EditForm
      form={form}
      maw={READING}
      refused="Nie nadano roli"
      save={needsSecond ? "Zaproponuj drugiej osobie" : "Nadaj rolę"}
      cancel={leaveTo}
      onSave={({ person, scope, ...rest }) => {
        const body = { ...rest, person: person?.id ?? "" };
        if (needsSecond) {
          propose.mutate({ body });
        } else {
          give.mutate({ body: { ...body, scope } });
        }
      }}
    >
      <Panel title="Kto">
        <PersonField {...form.choice("person")} isRequired />
      </Panel>
      <Panel title="Gdzie, jaka rola i kiedy">
        <Stack>
          {inHand.places.length > 0 ? (
            <OwnPlaceField
              label={LABELS.scope}
              places={inHand.places}
              value={fields.scope}
              onChange={(scope) => form.set({ scope })}
              error={place.error}
            />
          ) : (
            <PlaceFields label={LABELS.scope} value={place.value} onChange={place.onChange} error={place.error} />
          )}
          <ProblemAlert error={roles.error} retry={() => void roles.refetch()} />
          <NativeSelect
            {...form.input("role")}
            description={chosen?.description ?? whyNoRoles(fields.scope, roles.data)}
            required
            data={[
              { value: "", label: "wybierz" },
              ...(roles.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          {needsSecond && (
            <Alert color="caution" title="Potrzebna jest druga osoba">
              Z tą rolą można nadać każde uprawnienie, także sobie. Zacznie działać, gdy potwierdzi ją inna osoba, która
              zarządza rolami w całym mieście.
            </Alert>
          )}
          {fields.scope.kind === WHOLE_CITY.kind && !needsSecond && (
            <Alert color="caution" title="Rola w całym mieście">
              Ta osoba będzie mogła to, na co pozwala rola, we wszystkich jednostkach.
            </Alert>
          )}
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <DayField {...form.choice("valid_from")} description="Puste: od teraz." />
            <DayField {...form.choice("valid_to")} description="Puste: bezterminowo." />
          </SimpleGrid>
        </Stack>
      </Panel>
    </EditForm>
  );
}
