import { Alert, NativeSelect, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useNavigate } from "react-router";
import { api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { EditForm } from "@/ui/EditForm";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";
import { OwnPlaceField } from "./OwnPlaceField";
import { PlaceFields } from "./PlaceFields";
import { type Place, usePlacesInHand } from "./places";
import { useRolesToGive, whyNoRoles } from "./useRolesToGive";

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
  return kind === "city" ? null : { kind: kind as Schemas["HomeInRequest"]["kind"], id: id ?? "" };
}

/** Invites one person: an account, a place of work and a role at once. */
export function PersonNew() {
  const { may, person } = useSession();
  const isHead = !may("accounts.manage_people");
  const inHand = usePlacesInHand(true);
  const navigate = useNavigate();
  const invite = api.useMutation("post", "/api/v1/accounts/people/", {
    onSuccess: async (told) => {
      form.forget();
      const isAsked = "state" in told;
      await navigate(isAsked ? LIST : `${LIST}/${told.id}`);
      notifyDone(
        isAsked
          ? `Prośba jest w drodze na adres ${told.email}. Ta osoba dołączy, gdy się zgodzi.`
          : `Zaproszenie jest w drodze na adres ${told.email}.`,
      );
    },
  });

  const form = useEdit({
    begin: { first_name: "", last_name: "", email: "", phone: "", position: "", role: "", scope: inHand.start },
    labels: LABELS,
    saving: [invite],
    keptAs: `${person?.id}.invitation`,
    lacking: ({ role }): Partial<Record<"role", string>> =>
      role && isUnknown(role) ? { role: "Z tą rolą nie możesz tam zaprosić. Wybierz inną." } : {},
  });
  const { fields } = form;
  const roles = useRolesToGive(fields.scope, true);
  const isUnknown = (role: string) => roles.data !== undefined && !roles.data.some(({ id }) => id === role);
  const place = form.choice("scope", "home");

  const save = ({ scope, role, ...texts }: typeof fields) =>
    invite.mutate({ body: { ...trimmed(texts), role: role || null, home: homeOf(scope) } });

  const text = (name: "first_name" | "last_name" | "email" | "phone" | "position", isRequired = false) => (
    <TextInput {...form.input(name)} type={INPUT_TYPES[name]} autoComplete="off" required={isRequired} />
  );

  return (
    <>
      <PageHeader
        title="Zaproś osobę"
        description={
          isHead
            ? "Dostanie prośbę e-mailem i dołączy, gdy się zgodzi. Do tego czasu zobaczysz ją na liście jako „czeka na zgodę”."
            : "Dostanie e-mail z odnośnikiem, pod którym ustawi hasło. Odnośnik wygasa; zaproszenie można powtórzyć."
        }
        back={{ to: LIST, label: "Osoby" }}
      />
      <EditForm form={form} maw={READING} save="Wyślij zaproszenie" cancel={LIST} onSave={save}>
        <Panel title="Osoba">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {text("first_name", true)}
            {text("last_name", true)}
            {text("email", true)}
            {text("phone")}
          </SimpleGrid>
        </Panel>
        <Panel title="Praca i rola">
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
              <PlaceFields
                label={LABELS.scope}
                value={place.value}
                onChange={place.onChange}
                kinds={["unit", "section", "city"]}
                cityLabel="Poza jednostkami i referatami"
                error={place.error}
              />
            )}
            {(fields.scope.kind === "unit" || fields.scope.kind === "section") && text("position")}
            <NativeSelect
              {...form.input("role")}
              description={
                whyNoRoles(fields.scope, roles.data) ??
                "Działa tam, gdzie ta osoba pracuje. Kolejne role nadasz na jej stronie."
              }
              data={[
                { value: "", label: "bez roli" },
                ...(roles.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
            {fields.scope.kind === "city" && fields.role !== "" && (
              <Alert color="caution" title="Rola w całym mieście">
                Ta osoba będzie mogła to, na co pozwala rola, we wszystkich jednostkach.
              </Alert>
            )}
          </Stack>
        </Panel>
      </EditForm>
    </>
  );
}

const trimmed = <T extends Record<string, string>>(texts: T): T =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.trim()])) as T;
