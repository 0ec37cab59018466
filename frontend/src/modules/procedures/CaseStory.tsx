import { Skeleton, Text } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { api } from "@/api/client";
import { Fold } from "@/ui/Fold";
import { counted, formatDateTime } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { TextLink } from "@/ui/TextLink";
import classes from "./CaseStory.module.css";
import type { CaseEvent } from "./nouns";

/** Everything that has happened with a matter, from its beginning, as a story. */
export function CaseStory({ id }: { id: string }) {
  const events = api.useQuery("get", "/api/v1/procedures/cases/{id}/events/", { params: { path: { id } } });
  return (
    <Fold title="Historia sprawy" note={events.data && counted(events.data.length, "wpis", "wpisy", "wpisów")}>
      <ProblemAlert error={events.error} retry={() => void events.refetch()} />
      {events.isPending && <Skeleton height={120} role="status" aria-label="Wczytywanie" />}
      {events.data && (
        <ol className={classes.story}>
          {events.data.map((event) => (
            <Event key={event.number} event={event} receipt={`/procedures/cases/${id}/receipts/${event.number}`} />
          ))}
        </ol>
      )}
    </Fold>
  );
}

function Event({ event, receipt }: { event: CaseEvent; receipt: string }) {
  return (
    <li className={classes.event}>
      <Text size="sm" c="dimmed">
        <time dateTime={event.at}>{formatDateTime(event.at)}</time> · {event.actor || "system"}
        {event.function && event.function !== event.actor && ` (${event.function})`}
        {event.in_place_of && `, w zastępstwie za: ${event.in_place_of}`}
      </Text>
      <Text fw={600}>
        {event.is_undone ? (
          <>
            <del>{event.sentence}</del> <span className={classes.undone}>(cofnięte)</span>
          </>
        ) : (
          event.sentence
        )}
      </Text>
      {event.from_stage && event.to_stage && event.from_stage !== event.to_stage && (
        <Text size="sm">
          {event.from_stage}
          <IconArrowRight size={14} className={classes.arrow} role="img" aria-label=", dalej:" />
          {event.to_stage}
        </Text>
      )}
      {event.reason && <blockquote className={classes.reason}>{event.reason}</blockquote>}
      {event.details.length > 0 && (
        <dl className={classes.details}>
          {event.details.map(({ label, value }) => (
            <div key={`${label} ${value}`}>
              <dt>{label}:</dt> <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <TextLink to={receipt} size="sm" data-print="no" aria-label={`Potwierdzenie: ${event.sentence}`}>
        Potwierdzenie
      </TextLink>
    </li>
  );
}
