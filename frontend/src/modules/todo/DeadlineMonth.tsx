import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { formatDate, formatTime } from "@/ui/format";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { type DayMark, MonthPicture } from "@/ui/pictures/MonthPicture";
import { TextLink } from "@/ui/TextLink";
import { inWarsaw } from "@/ui/warsawTime";
import { EVERY_MINUTE, type Waiting } from "./nouns";

/** As many as one answer of the server holds. */
const MOST = 200;

/** One's own deadlines on a month; a day that is pressed tells what falls on it. */
export function DeadlineMonth() {
  const [chosen, setChosen] = useState<string | null>(null);
  const rows = api.useQuery(
    "get",
    "/api/v1/todo/waiting/",
    { params: { query: { page: 1, page_size: MOST } } },
    { refetchInterval: EVERY_MINUTE },
  );
  const dated = (rows.data?.results ?? []).flatMap((row) =>
    row.due_at ? [{ row, day: inWarsaw(row.due_at).day }] : [],
  );
  const today = inWarsaw(new Date().toISOString()).day;
  const onDay = dated.filter(({ day }) => day === chosen).map(({ row }) => row);
  return (
    <Panel title="Miesiąc">
      <ProblemAlert error={rows.error} retry={() => void rows.refetch()} />
      <Stack gap="sm">
        <MonthPicture
          label="Moje terminy w miesiącu"
          marks={marksOf(dated)}
          today={today}
          chosen={chosen}
          onChoose={setChosen}
        />
        {rows.data && rows.data.count > rows.data.results.length && (
          <Text size="sm">
            Pokazano {MOST} najpilniejszych; wszystkie są na <TextLink to="/todo/waiting">liście</TextLink>.
          </Text>
        )}
        {chosen && (
          <section aria-label={`Terminy dnia ${formatDate(chosen)}`}>
            <Text fw={600}>{formatDate(chosen)}</Text>
            {onDay.length === 0 ? <Text size="sm">Nic nie przypada na ten dzień.</Text> : <Rows rows={onDay} />}
          </section>
        )}
      </Stack>
    </Panel>
  );
}

const Rows = ({ rows }: { rows: readonly Waiting[] }) => (
  <ul>
    {rows.map((row) => (
      <li key={row.id}>
        <TextLink to={row.url}>{row.title}</TextLink>{" "}
        <Text span size="sm" c="dimmed">
          {row.what}
          {row.due_at && `, do ${formatTime(row.due_at)}`}
        </Text>
      </li>
    ))}
  </ul>
);

function marksOf(dated: readonly { row: Waiting; day: string }[]): DayMark[] {
  const marks = new Map<string, DayMark>();
  for (const { row, day } of dated) {
    const before = marks.get(day);
    marks.set(day, {
      day,
      count: (before?.count ?? 0) + 1,
      isOverdue: (before?.isOverdue ?? false) || row.group === "overdue",
    });
  }
  return [...marks.values()];
}
