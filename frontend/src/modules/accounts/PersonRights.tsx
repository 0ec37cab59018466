import { Skeleton, Stack, Text } from "@mantine/core";
import { api, type Schemas } from "@/api/client";
import { EmptyState } from "@/ui/EmptyState";
import { counted } from "@/ui/format";
import { Panel } from "@/ui/Panel";
import { PersonField } from "@/ui/PersonField";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { RightGroups } from "./RightGroups";

interface PersonRightsProps {
  personId: string | null;
  choose: (id: string | null) => void;
}

/** What one person may do today, and why. */
export function PersonRights({ personId, choose }: PersonRightsProps) {
  const params = { path: { id: personId ?? "" } };
  const isAsked = personId !== null;
  const person = api.useQuery("get", "/api/v1/accounts/people/{id}/", { params }, { enabled: isAsked });
  const rights = api.useQuery("get", "/api/v1/accounts/people/{id}/rights/", { params }, { enabled: isAsked });
  const name = person.data?.name;

  return (
    <>
      <PersonField
        key={name ?? "nobody"}
        label="Osoba"
        value={personId && name ? { id: personId, name } : null}
        onChange={(chosen) => choose(chosen?.id ?? null)}
      />
      {!isAsked && (
        <EmptyState title="Wybierz osobę">Zobaczysz wszystko, co może, i role, które jej to dają.</EmptyState>
      )}
      <ProblemAlert
        error={isAsked ? (person.error ?? rights.error) : null}
        retry={() => void Promise.all([person.refetch(), rights.refetch()])}
      />
      {isAsked && rights.isFetching && !rights.data && <Skeleton height={160} />}
      {isAsked && rights.data && name && <Answer name={name} rights={rights.data} />}
    </>
  );
}

function Answer({ name, rights }: { name: string; rights: readonly Schemas["RightOut"][] }) {
  return (
    <Panel title={name}>
      <Stack>
        <Text role="status" c={rights.length === 0 ? "dimmed" : undefined}>
          {rights.length === 0
            ? "Ta osoba nie ma dziś żadnych uprawnień: nie ma roli, jej role jeszcze nie działają albo już nie działają."
            : `Dziś ${counted(rights.length, "uprawnienie", "uprawnienia", "uprawnień")}.`}
        </Text>
        <RightGroups rights={rights} linksToRoles />
      </Stack>
    </Panel>
  );
}
