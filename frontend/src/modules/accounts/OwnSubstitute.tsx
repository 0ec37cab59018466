import { Button, Skeleton, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { period, today } from "./period";
import classes from "./Rows.module.css";
import { SubstitutionForm } from "./SubstitutionForm";
import { SubstitutionEnd, SubstitutionState } from "./SubstitutionList";

/** Who stands in for the person who works, now and in the days to come. */
export function OwnSubstitute() {
  const { person } = useSession();
  const [isOpen, setIsOpen] = useState(false);
  const query = { person: person?.id, ends_after: today(), page_size: 50, ordering: "starts_on" };
  const substitutions = api.useQuery("get", "/api/v1/accounts/substitutions/", { params: { query } });
  const rows = substitutions.data?.results;

  return (
    <Panel
      title="Zastępstwo na czas nieobecności"
      actions={
        !isOpen && (
          <Button variant="default" onClick={() => setIsOpen(true)}>
            Wskaż zastępcę
          </Button>
        )
      }
    >
      <Stack>
        <ProblemAlert error={substitutions.error} retry={() => void substitutions.refetch()} />
        {substitutions.isPending && <Skeleton height={40} />}
        {rows?.length === 0 && !isOpen && (
          <Text c="dimmed">Nikt Cię nie zastępuje. Przed urlopem wskaż zastępcę: sprawy same potem wrócą.</Text>
        )}
        {rows && rows.length > 0 && (
          <ul className={classes.list} aria-label="Moje zastępstwa">
            {rows.map((one) => (
              <li key={one.id} className={classes.row}>
                <div className={classes.what}>
                  <Text fw={600}>{one.substitute.name}</Text>
                  <Text size="sm" c="dimmed">
                    {period(one.starts_on, one.ends_on)}
                    {one.reason && `, ${one.reason}`}
                  </Text>
                </div>
                <SubstitutionState substitution={one} />
                <SubstitutionEnd substitution={one} />
              </li>
            ))}
          </ul>
        )}
        {isOpen && person && (
          <SubstitutionForm absent={{ id: person.id, name: person.name }} onDone={() => setIsOpen(false)} />
        )}
      </Stack>
    </Panel>
  );
}
