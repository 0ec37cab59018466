import { Skeleton, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { oneOf } from "@/ui/tableView";
import { PlaceFields } from "./PlaceFields";
import { isNamed, WHOLE_CITY } from "./places";
import classes from "./Rows.module.css";

const KINDS = ["city", "unit", "section"] as const;

/** To whom a matter of a place would pass today, substitutes included. */
export function FunctionActing({ id }: { id: string }) {
  const [place, setPlace] = useState(WHOLE_CITY);
  const query = { scope_kind: oneOf(place.kind, KINDS), scope_id: place.id ?? undefined };
  const isAsked = isNamed(place);
  const acting = api.useQuery(
    "get",
    "/api/v1/accounts/functions/{id}/acting/",
    { params: { path: { id }, query } },
    { enabled: isAsked },
  );
  return (
    <Panel title="Kto działa dziś">
      <Stack>
        <PlaceFields id="acting_scope" label="Sprawa dotyczy" value={place} onChange={setPlace} kinds={KINDS} />
        <ProblemAlert error={isAsked ? acting.error : null} retry={() => void acting.refetch()} />
        {isAsked && acting.isPending && <Skeleton height={48} />}
        {isAsked && acting.data?.length === 0 && <Text role="status">Dziś sprawa nie miałaby komu przypaść.</Text>}
        {isAsked && acting.data && acting.data.length > 0 && (
          <ul className={classes.list} aria-label="Kto działa dziś">
            {acting.data.map(({ person, in_place_of }) => (
              <li key={`${person.id} ${in_place_of?.id}`} className={classes.row}>
                <div className={classes.what}>
                  <Text fw={600}>{person.name}</Text>
                  {in_place_of && (
                    <Text size="sm" c="dimmed">
                      w zastępstwie: {in_place_of.name}
                    </Text>
                  )}
                </div>
              </li>
            ))}
          </ul>
        )}
      </Stack>
    </Panel>
  );
}
