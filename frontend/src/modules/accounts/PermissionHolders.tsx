import { Button, Paper, SimpleGrid, Skeleton, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api, type Schemas } from "@/api/client";
import { ChoiceField } from "@/ui/ChoiceField";
import { EmptyState } from "@/ui/EmptyState";
import { counted } from "@/ui/format";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { folded } from "@/ui/polish";
import { SearchField } from "@/ui/SearchField";
import { TextLink } from "@/ui/TextLink";
import { Grounds } from "./Grounds";
import { PlaceFields } from "./PlaceFields";
import { ofRoles } from "./permissionSearch";
import { isNamed, type Place } from "./places";
import classes from "./Rows.module.css";

/** So many people are read at a glance; the others are found or asked for. */
const AT_ONCE = 30;

interface PermissionHoldersProps {
  permission: string | null;
  place: Place;
  choose: (changes: Record<string, string | null>) => void;
}

/** Who may do one thing to one place today, and why. */
export function PermissionHolders({ permission, place, choose }: PermissionHoldersProps) {
  const catalogue = api.useQuery("get", "/api/v1/accounts/permissions/", {}, { staleTime: 300_000 });
  const isAsked = permission !== null && isNamed(place);
  const holders = api.useQuery(
    "get",
    "/api/v1/accounts/who-may/",
    { params: { query: { permission: permission ?? "", scope_kind: place.kind, scope_id: place.id ?? undefined } } },
    { enabled: isAsked },
  );
  const chosen = catalogue.data?.flatMap(({ permissions }) => permissions).find(({ name }) => name === permission);

  return (
    <>
      <Paper>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <ChoiceField
            label="Czynność"
            placeholder="Wpisz część nazwy"
            description={chosen?.sentence}
            choices={ofRoles(catalogue.data ?? []).map(({ label, permissions }) => ({
              group: label,
              items: permissions.map((one) => ({ value: one.name, label: one.label })),
            }))}
            value={permission}
            onChange={(name) => choose({ permission: name })}
          />
          <PlaceFields
            label="Gdzie"
            value={place}
            onChange={({ kind, id }) => choose({ scope_kind: kind, scope_id: id })}
          />
        </SimpleGrid>
      </Paper>
      {!isAsked && (
        <EmptyState title="Wybierz czynność i miejsce">
          Zobaczysz każdą osobę, która może to tam zrobić, i role, które jej na to pozwalają.
        </EmptyState>
      )}
      <ProblemAlert error={catalogue.error ?? (isAsked ? holders.error : null)} retry={() => void holders.refetch()} />
      {isAsked && holders.isFetching && !holders.data && <Skeleton height={160} />}
      {isAsked && holders.data && chosen && <Answer label={chosen.label} holders={holders.data} />}
    </>
  );
}

function Answer({ label, holders }: { label: string; holders: readonly Schemas["HoldingOut"][] }) {
  const [search, setSearch] = useState("");
  const [isAll, setIsAll] = useState(false);
  const words = folded(search).split(/\s+/);
  const found = holders.filter(({ person }) => {
    const text = folded(`${person.name} ${person.email}`);
    return words.every((word) => text.includes(word));
  });
  const shown = isAll ? found : found.slice(0, AT_ONCE);
  return (
    <Panel title={label}>
      <Stack>
        <Text role="status" c={holders.length === 0 ? "dimmed" : undefined}>
          {holders.length === 0
            ? "Dziś nikt nie może tego tam zrobić."
            : `Może to zrobić ${counted(holders.length, "osoba", "osoby", "osób")}.`}
        </Text>
        {holders.length > AT_ONCE && <SearchField label="Szukaj wśród nich" value={search} onChange={setSearch} />}
        <ul className={classes.list} aria-label="Osoby">
          {shown.map(({ person, grounds }) => (
            <li key={person.id} className={classes.row}>
              <div className={classes.what}>
                <TextLink to={`/accounts/people/${person.id}`} fw={600}>
                  {person.name}
                </TextLink>
                <Text size="sm" c="dimmed">
                  {person.email}
                </Text>
              </div>
              <div className={classes.what}>
                <Grounds grounds={grounds} linksToRoles />
              </div>
            </li>
          ))}
        </ul>
        {shown.length < found.length && (
          <Button variant="default" onClick={() => setIsAll(true)}>
            Pokaż wszystkie ({found.length})
          </Button>
        )}
      </Stack>
    </Panel>
  );
}
