import { Button, Text } from "@mantine/core";
import { useState } from "react";
import type { Schemas } from "@/api/client";
import { formatDateTime } from "@/ui/format";
import { StatusBadge } from "@/ui/StatusBadge";
import { browserName } from "./browserName";
import classes from "./Rows.module.css";

type Session = Schemas["OwnSessionOut"];

const FIRST_SHOWN = 5;

interface SessionRowsProps {
  sessions: readonly Session[];
  end: (session: Session) => void;
}

/** Browsers that somebody is signed in with, each with the way to sign it out; the rest of a long list on demand. */
export function SessionRows({ sessions, end }: SessionRowsProps) {
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? sessions : sessions.slice(0, FIRST_SHOWN);
  return (
    <div>
      <ul className={classes.list} aria-label="Sesje">
        {shown.map((session) => (
          <li key={session.id} className={classes.row}>
            <div className={classes.what}>
              <Text fw={600}>{browserName(session.agent)}</Text>
              <Text size="sm" c="dimmed">
                ostatnio {formatDateTime(session.seen_at)}
                {session.address && `, adres ${session.address}`}
              </Text>
            </div>
            {session.is_current ? (
              <StatusBadge tone="success">ta przeglądarka</StatusBadge>
            ) : (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={`Zakończ: ${browserName(session.agent)}, ${formatDateTime(session.seen_at)}`}
                onClick={() => end(session)}
              >
                Zakończ
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > shown.length && (
        <Button variant="default" mt="xs" onClick={() => setIsWhole(true)}>
          Pokaż wszystkie ({sessions.length})
        </Button>
      )}
    </div>
  );
}
