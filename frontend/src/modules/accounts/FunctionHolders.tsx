import { Button, Group, NativeSelect, SegmentedControl, Stack, Text } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { api, type Schemas } from "@/api/client";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import type { ChosenPerson } from "@/ui/PeoplePicker";
import { PersonField } from "@/ui/PersonField";
import { useRefresh } from "./accounts";
import { PlaceFields } from "./PlaceFields";
import { isNamed, WHOLE_CITY } from "./places";
import classes from "./Rows.module.css";
import { useRoles } from "./useRoles";

type Fn = Schemas["FunctionOut"];

const KINDS = ["city", "unit", "section"];
const LABELS = { person: "Osoba", role: "Rola", scope: "Gdzie" };

const whoOf = ({ person, role }: Fn["holders"][number]): string => person?.name ?? `każdy z rolą ${role?.name}`;

/** Who plays the function where: named people, or everybody with a role. */
export function FunctionHolders({ fn, mayChange }: { fn: Fn; mayChange: boolean }) {
  const refresh = useRefresh();
  const take = api.useMutation("delete", "/api/v1/accounts/holders/{id}/", {
    onSuccess: () => {
      void refresh();
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
  const [way, setWay] = useState("person");
  const [person, setPerson] = useState<ChosenPerson | null>(null);
  const [role, setRole] = useState("");
  const [place, setPlace] = useState(WHOLE_CITY);
  const roles = useRoles();
  const refresh = useRefresh();
  const give = api.useMutation("post", "/api/v1/accounts/functions/{id}/holders/", {
    onSuccess: () => {
      setPerson(null);
      setRole("");
      void refresh();
      notifyDone("Powierzono funkcję.");
    },
  });
  const isComplete = isNamed(place) && (way === "person" ? person !== null : role !== "");

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const who = way === "person" ? { person: person?.id ?? null } : { role };
    give.mutate({ params: { path: { id: fn.id } }, body: { ...who, scope: place } });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <FormErrorSummary error={give.error} labels={LABELS} title="Nie powierzono funkcji" />
        <SegmentedControl
          aria-label="Komu powierzyć funkcję"
          value={way}
          onChange={setWay}
          data={[
            { value: "person", label: "Osoba" },
            { value: "role", label: "Każdy z rolą" },
          ]}
          styles={{ root: { alignSelf: "flex-start" } }}
        />
        {way === "person" ? (
          <PersonField id="person" label={LABELS.person} value={person} onChange={setPerson} />
        ) : (
          <NativeSelect
            id="role"
            label={LABELS.role}
            value={role}
            onChange={(event) => setRole(event.currentTarget.value)}
            data={[
              { value: "", label: "wybierz" },
              ...(roles.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
        <PlaceFields label={LABELS.scope} value={place} onChange={setPlace} kinds={KINDS} />
        <Group justify="flex-end">
          <Button type="submit" disabled={!isComplete} loading={give.isPending}>
            Powierz funkcję
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
