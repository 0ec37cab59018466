import { Stack, Text, Title } from "@mantine/core";
import { useId } from "react";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { formatDate, formatNumber, unbroken } from "@/ui/format";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { StackedBar } from "@/ui/pictures/StackedBar";
import { RelativeDue } from "@/ui/RelativeDue";
import { TextLink } from "@/ui/TextLink";
import classes from "./Desk.module.css";
import type { Run, RunSection } from "./nouns";

/** Whoever holds none of these has nothing going but what is theirs already. */
const STARTING = ["messaging.send_message", "procedures.open_case", "procedures.act_in_case"];

/** What this person has set going and others carry on: surveys with their bars, cases by whose move it is. */
export function Running() {
  const session = useSession();
  const running = api.useQuery("get", "/api/v1/todo/running/");
  return (
    <>
      <ProblemAlert
        error={running.error}
        title="Nie udało się wczytać tego, co masz w toku"
        retry={() => void running.refetch()}
      />
      {running.data?.length === 0 && STARTING.some(session.may) && (
        <Panel title="W toku">
          <Text c="dimmed">
            Nic Twojego nie jest teraz w rękach innych. Wysłane ankiety i sprawy, na które czekasz, pokażą się tutaj z
            tym, jak daleko zaszły i czyj jest ruch.
          </Text>
        </Panel>
      )}
      {running.data?.map((section) => (
        <RunPart key={section.code} section={section} />
      ))}
    </>
  );
}

function RunPart({ section: { label, url, count, runs } }: { section: RunSection }) {
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <Title order={2} id={heading} mb="xs">
        {label} ({formatNumber(count)})
      </Title>
      <Stack gap="xs">
        <ul className={classes.list} aria-labelledby={heading}>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} />
          ))}
        </ul>
        {count > runs.length && <TextLink to={url}>Pokaż wszystkie ({formatNumber(count)})</TextLink>}
      </Stack>
    </section>
  );
}

function RunRow({ run }: { run: Run }) {
  const { title, url, details, whose, since, due_at, total, done, late } = run;
  return (
    <li className={`${classes.row} ${classes.run}`}>
      <div className={classes.what}>
        <TextLink to={url} fw={600}>
          {title}
        </TextLink>
        <Text size="sm" c="dimmed">
          {unbroken(details)}
        </Text>
        {total === 0 && (
          <Text size="sm">
            {unbroken(whose)}
            {since && `, od ${formatDate(since)}`}
          </Text>
        )}
      </div>
      {total > 0 ? (
        <div className={classes.progress}>
          <StackedBar
            isSlim
            total={total}
            pieces={[
              { label: "odpowiedzieli", value: done, tone: "success" },
              { label: "po terminie", value: late, tone: "danger" },
            ]}
          />
          <Text size="sm" c="dimmed">
            {unbroken(whose)}
          </Text>
        </div>
      ) : (
        <span className={classes.gap} />
      )}
      {due_at ? (
        <RelativeDue at={due_at} />
      ) : (
        <Text size="sm" c="dimmed">
          bez terminu
        </Text>
      )}
    </li>
  );
}
