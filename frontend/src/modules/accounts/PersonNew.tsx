import { Alert, Button, Group, NativeSelect, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { useNavigate } from "react-router";
import { api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { useKept } from "@/ui/useKept";
import { useRefresh } from "./accounts";
import { OwnUnitField } from "./OwnUnitField";
import { PlaceFields } from "./PlaceFields";
import { NO_PLACE, type Place } from "./places";
import { useRoles } from "./useRoles";

const LIST = "/accounts/people";

const LABELS = {
  first_name: "Imię",
  last_name: "Nazwisko",
  email: "Adres e-mail",
  phone: "Telefon",
  scope: "Gdzie pracuje",
  position: "Stanowisko",
  role: "Rola",
};

const INPUT_TYPES: Record<string, string> = { email: "email", phone: "tel" };

/** What is sent as `home`; the whole city is no home, and a place must be chosen before it is one. */
function homeOf({ kind, id }: Place): Schemas["HomeInRequest"] | null {
  return (kind === "unit" || kind === "section") && id !== null ? { kind, id } : null;
}

/** Invites one person: an account, a place of work and a role at once. */
export function PersonNew() {
  const { may, units, person } = useSession();
  const isHead = !may("accounts.manage_people");
  const [ownUnit] = units;
  const start: Place = isHead && ownUnit ? { kind: "unit", id: ownUnit.id } : NO_PLACE;
  const { fields, change, forget } = useKept(`${person?.id}.invitation`, {
    first_name: "",
    last_name: "",
    email: "",
    phone: "",
    position: "",
    role: "",
    place: start,
  });
  const [isUnnamed, setIsUnnamed] = useState(false);
  const roles = useRoles();
  const refresh = useRefresh();
  const navigate = useNavigate();
  const invite = api.useMutation("post", "/api/v1/accounts/people/", {
    onSuccess: async ({ id, email }) => {
      forget();
      await navigate(`${LIST}/${id}`);
      void refresh();
      notifyDone(`Zaproszenie jest w drodze na adres ${email}.`);
    },
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { place, role, ...texts } = fields;
    const home = homeOf(place);
    setIsUnnamed(place.kind !== "city" && home === null);
    if (place.kind === "city" || home !== null) {
      invite.mutate({ body: { ...trimmed(texts), role: role || null, home } });
    }
  };

  const field = (name: "first_name" | "last_name" | "email" | "phone" | "position", isRequired = false) => (
    <TextInput
      id={name}
      label={LABELS[name]}
      type={INPUT_TYPES[name]}
      autoComplete="off"
      value={fields[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
      error={errorOf(invite.error, name)}
      required={isRequired}
    />
  );

  return (
    <>
      <PageHeader
        title="Zaproś osobę"
        description="Dostanie e-mail z odnośnikiem, pod którym ustawi hasło. Odnośnik wygasa; zaproszenie można powtórzyć."
        back={{ to: LIST, label: "Osoby" }}
      />
      <form onSubmit={submit} noValidate>
        <Stack maw="46rem">
          <FormErrorSummary error={invite.error} labels={LABELS} />
          <Panel title="Osoba">
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              {field("first_name", true)}
              {field("last_name", true)}
              {field("email", true)}
              {field("phone")}
            </SimpleGrid>
          </Panel>
          <Panel title="Praca i rola">
            <Stack>
              {isHead && ownUnit ? (
                <OwnUnitField
                  label={LABELS.scope}
                  value={fields.place.id}
                  onChange={(id) => change({ place: { kind: "unit", id } })}
                  error={errorOf(invite.error, "home")}
                />
              ) : (
                <PlaceFields
                  label={LABELS.scope}
                  value={fields.place}
                  onChange={(place) => change({ place })}
                  kinds={["unit", "section", "city"]}
                  cityLabel="Poza jednostkami i referatami"
                  error={isUnnamed ? "Wskaż, gdzie ta osoba pracuje." : errorOf(invite.error, "home")}
                />
              )}
              {(fields.place.kind === "unit" || fields.place.kind === "section") && field("position")}
              <NativeSelect
                id="role"
                label={LABELS.role}
                description="Działa tam, gdzie ta osoba pracuje. Kolejne role nadasz na jej stronie."
                value={fields.role}
                onChange={(event) => change({ role: event.currentTarget.value })}
                error={errorOf(invite.error, "role")}
                data={[
                  { value: "", label: "bez roli" },
                  ...(roles.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
              {fields.place.kind === "city" && fields.role !== "" && (
                <Alert color="caution" title="Rola w całym mieście">
                  Ta osoba będzie mogła to, na co pozwala rola, we wszystkich jednostkach.
                </Alert>
              )}
            </Stack>
          </Panel>
          <Group justify="flex-end">
            <ButtonLink to={LIST} variant="default">
              Anuluj
            </ButtonLink>
            <Button type="submit" loading={invite.isPending}>
              Wyślij zaproszenie
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
}

const trimmed = <T extends Record<string, string>>(texts: T): T =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.trim()])) as T;
