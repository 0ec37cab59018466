import { Stack } from "@mantine/core";
import { lazy, Suspense } from "react";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { counted } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { EVERY_MINUTE, type WaitingCount } from "./nouns";
import { Running } from "./Running";
import { WaitingGroups } from "./WaitingGroups";

/** The figures and their pictures are for directors: nobody else loads them. */
const CityFigures = lazy(async () => ({ default: (await import("./CityFigures")).CityFigures }));

/** The first page: what waits for this person by deadline, what they have running, and the city for whoever sees it. */
export function Desk() {
  const session = useSession();
  const counts = api.useQuery("get", "/api/v1/todo/waiting/count/", {}, { refetchInterval: EVERY_MINUTE });
  return (
    <>
      <PageHeader
        title="Co na mnie czeka"
        description={counts.data && told(counts.data)}
        actions={
          <>
            <ButtonLink to="/todo/calendar" variant="default">
              Kalendarz
            </ButtonLink>
            <ButtonLink to="/todo/waiting" variant="default">
              Lista i filtry
            </ButtonLink>
          </>
        }
      />
      <Stack gap="xl">
        <WaitingGroups counts={counts.data} />
        <Running />
        {session.may("todo.view_overview") && (
          <Suspense fallback={null}>
            <CityFigures />
          </Suspense>
        )}
      </Stack>
    </>
  );
}

function told({ count, overdue }: WaitingCount): string | undefined {
  if (count === 0) {
    return undefined;
  }
  const all = counted(count, "rzecz", "rzeczy", "rzeczy");
  return overdue > 0
    ? `${all}, w tym ${overdue} po terminie; najpilniejsze na górze`
    : `${all}${count > 1 ? ", najpilniejsze na górze" : ""}`;
}
