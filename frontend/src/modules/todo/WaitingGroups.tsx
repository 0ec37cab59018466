import { Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useId } from "react";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { EmptyState } from "@/ui/EmptyState";
import { formatNumber, formatTime, unbroken } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { RelativeDue } from "@/ui/RelativeDue";
import { TextLink } from "@/ui/TextLink";
import classes from "./Desk.module.css";
import { EVERY_MINUTE, GROUPS, type Waiting, type WaitingCount } from "./nouns";

/** The most pressing of what waits, grouped by how near it is; the whole list is a page of its own. */
export function WaitingGroups({ counts }: { counts: WaitingCount | undefined }) {
  const rows = api.useQuery("get", "/api/v1/todo/waiting/", {}, { refetchInterval: EVERY_MINUTE });
  const { data } = rows;
  if (data === undefined) {
    return rows.error ? (
      <ProblemAlert error={rows.error} retry={() => void rows.refetch()} />
    ) : (
      <Skeleton height={64} role="status" aria-label="Wczytywanie" />
    );
  }
  return (
    <Stack component="section" aria-label="Czeka na mnie">
      <ProblemAlert error={rows.error} retry={() => void rows.refetch()} />
      {data.count === 0 && <NothingWaits at={rows.dataUpdatedAt} />}
      {GROUPS.map(({ group, label }) => {
        const found = data.results.filter((row) => row.group === group);
        return found.length === 0 ? null : (
          <WaitingGroup key={group} className={classes[group]} label={label} rows={found} count={counts?.[group]} />
        );
      })}
      {data.count > data.results.length && (
        <ButtonLink to="/todo/waiting" variant="default" w="fit-content">
          Pokaż wszystkie ({formatNumber(data.count)})
        </ButtonLink>
      )}
    </Stack>
  );
}

interface WaitingGroupProps {
  className: string | undefined;
  label: string;
  rows: readonly Waiting[];
  count: number | undefined;
}

function WaitingGroup({ className, label, rows, count = rows.length }: WaitingGroupProps) {
  const heading = useId();
  return (
    <section className={className} aria-labelledby={heading}>
      <Title order={2} id={heading} mb="xs">
        {label} ({formatNumber(Math.max(count, rows.length))})
      </Title>
      <ul className={classes.list} aria-labelledby={heading}>
        {rows.map((row) => (
          <WaitingRow key={row.id} row={row} />
        ))}
      </ul>
    </section>
  );
}

function WaitingRow({ row }: { row: Waiting }) {
  const inPlace = row.in_place_of && `w zastępstwie za: ${row.in_place_of}`;
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <TextLink to={row.url} fw={600}>
          {row.title}
        </TextLink>
        <Text size="sm">{row.what}</Text>
        <Text size="sm" c="dimmed">
          {unbroken([row.details, inPlace].filter(Boolean).join(" · "))}
        </Text>
      </div>
      {row.due_at ? (
        <RelativeDue at={row.due_at} />
      ) : (
        <Text size="sm" c="dimmed">
          bez terminu
        </Text>
      )}
    </li>
  );
}

/** Empty, and not broken: what it means, when it was asked, and what this person may do next. */
function NothingWaits({ at }: { at: number }) {
  const session = useSession();
  const steps = [
    { label: "Napisz wiadomość", to: "/messaging/compose", permission: "messaging.send_message" },
    { label: "Załóż sprawę", to: "/procedures/cases/new", permission: "procedures.open_case" },
  ].filter(({ permission }) => session.may(permission));
  return (
    <Paper>
      <EmptyState
        title="Nic na Ciebie nie czeka"
        action={
          <Group gap="xs" justify="center" mt="xs">
            {steps.map(({ label, to }) => (
              <ButtonLink key={to} to={to} variant="default">
                {label}
              </ButtonLink>
            ))}
          </Group>
        }
      >
        {session.has_role
          ? "Gdy ktoś poprosi Cię o odpowiedź albo przyjdzie Twoja kolej w sprawie, zobaczysz to tutaj. "
          : "Nie masz jeszcze żadnej roli w tym mieście. Poproś o nią administratora; wiadomości do Ciebie przyjdą i bez niej. "}
        Strona odświeża się sama; ostatnio o {formatTime(new Date(at).toISOString())}.
      </EmptyState>
    </Paper>
  );
}
