import { Button, NativeSelect, SegmentedControl, Stack, Text } from "@mantine/core";
import { api, type Schemas } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import type { ChosenPerson } from "@/ui/PeoplePicker";
import { PersonField } from "@/ui/PersonField";
import { useEdit } from "@/ui/useEdit";
import { PlaceFields } from "./PlaceFields";
import { WHOLE_CITY } from "./places";
import classes from "./Rows.module.css";
import { useRoles } from "./useRoles";

type Fn = Schemas["FunctionOut"];

const KINDS = ["city", "unit", "section"];
const LABELS = { person: "Osoba", role: "Rola", scope: "Gdzie" };

const whoOf = ({ person, role }: Fn["holders"][number]): string => person?.name ?? `każdy z rolą ${role?.name}`;

/** Who plays the function where: named people, or everybody with a role. */
export function FunctionHolders({ fn, mayChange }: { fn: Fn; mayChange: boolean }) {
  const take = api.useMutation("delete", "/api/v1/accounts/holders/{id}/", {
    onSuccess: () => {
      notifyDone("Odebrano funkcję.");
    },
    onError: notifyRefused,
  });
  return (
    <Panel title="Kto pełni tę funkcję">
      <Stack>
        {fn.holders.length === 0 && (
          <Text c="dimmed">Nikt nie pełni tej funkcji, więc sprawy nie mają komu przypaść. Wskaż kogoś poniżej.</Text>
        )}
        <ul className={classes.list} aria-label="Kto pełni tę funkcję">
          {fn.holders.map((holder) => (
            <li key={holder.id} className={classes.row}>
              <div className={classes.what}>
                <Text fw={600}>{whoOf(holder)}</Text>
                <Text size="sm" c="dimmed">
                  {holder.scope.name}
                </Text>
              </div>
              {mayChange && (
                <Button
                  variant="subtle"
                  color="danger"
                  size="compact-sm"
                  aria-label={`Odbierz: ${whoOf(holder)}, ${holder.scope.name}`}
                  onClick={() => take.mutate({ params: { path: { id: holder.id } } })}
                >
                  Odbierz
                </Button>
              )}
            </li>
          ))}
        </ul>
        {mayChange && <HolderForm fn={fn} />}
      </Stack>
    </Panel>
  );
}

function HolderForm({ fn }: { fn: Fn }) {
  const roles = useRoles();
  const give = api.useMutation("post", "/api/v1/accounts/functions/{id}/holders/", {
    onSuccess: () => {
      form.reset();
      notifyDone("Powierzono funkcję.");
    },
  });
  const form = useEdit({
    begin: { way: "person", person: null as ChosenPerson | null, role: "", scope: WHOLE_CITY },
    labels: LABELS,
    saving: [give],
  });
  const { way, person, role, scope } = form.fields;

  return (
    <EditForm
      form={form}
      refused="Nie powierzono funkcji"
      gap="sm"
      save="Powierz funkcję"
      onSave={() => {
        const who = way === "person" ? { person: person?.id ?? null } : { role: role || null };
        give.mutate({ params: { path: { id: fn.id } }, body: { ...who, scope } });
      }}
    >
      <SegmentedControl
        aria-label="Komu powierzyć funkcję"
        value={way}
        onChange={(chosen) => form.set({ way: chosen })}
        data={[
          { value: "person", label: "Osoba" },
          { value: "role", label: "Każdy z rolą" },
        ]}
        styles={{ root: { alignSelf: "flex-start" } }}
      />
      {way === "person" ? (
        <PersonField {...form.choice("person")} />
      ) : (
        <NativeSelect
          {...form.input("role")}
          data={[
            { value: "", label: "wybierz" },
            ...(roles.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      <PlaceFields label={LABELS.scope} value={scope} onChange={(place) => form.set({ scope: place })} kinds={KINDS} />
    </EditForm>
  );
}
