import { ActionIcon, Group, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";
import { counted } from "@/ui/format";
import { dayOf, moved, namedMonth, WEEKDAYS, weeksOf } from "./months";
import classes from "./Pictures.module.css";

export interface DayMark {
  /** The day in Poland: "2026-12-05". */
  day: string;
  count: number;
  /** Past its time, so that it is told apart by a sign as well. */
  isOverdue: boolean;
}

interface MonthPictureProps {
  label: string;
  marks: readonly DayMark[];
  /** Today in Poland: "2026-11-30". */
  today: string;
  chosen: string | null;
  onChoose: (day: string) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** A month as a table of weeks, each day with how much falls on it. One stop of Tab; arrows go from day to day. */
export function MonthPicture({ label, marks, today, chosen, onChoose }: MonthPictureProps) {
  const [here, setHere] = useState(chosen ?? today);
  const month = here.slice(0, 7);
  const found = new Map(marks.map((mark) => [mark.day, mark]));
  const inMonth = marks.filter(({ day }) => day.startsWith(month));
  const all = inMonth.reduce((sum, { count }) => sum + count, 0);

  const move = (event: KeyboardEvent<HTMLTableElement>) => {
    const step = STEPS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const table = event.currentTarget;
      const next = moved(here, { days: step });
      setHere(next);
      requestAnimationFrame(() => table.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus());
    }
  };

  return (
    <figure className={classes.figure} aria-label={label}>
      <Group gap="xs" mb="xs">
        <ActionIcon
          variant="default"
          size="lg"
          aria-label="Poprzedni miesiąc"
          onClick={() => setHere(moved(here, { months: -1 }))}
        >
          <IconChevronLeft size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label="Następny miesiąc"
          onClick={() => setHere(moved(here, { months: 1 }))}
        >
          <IconChevronRight size={18} aria-hidden />
        </ActionIcon>
        <Text fw={600} role="status">
          {namedMonth(month)}: {all === 0 ? "nic" : counted(all, "termin", "terminy", "terminów")}
        </Text>
      </Group>
      <table className={classes.month} onKeyDown={move}>
        <thead>
          <tr>
            {WEEKDAYS.map(([short, name]) => (
              <th key={short} scope="col" abbr={name}>
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day} data-outside={!day.startsWith(month) || undefined}>
                  <button
                    type="button"
                    className={classes.monthDay}
                    data-day={day}
                    data-marked={found.has(day) || undefined}
                    data-overdue={found.get(day)?.isOverdue || undefined}
                    tabIndex={day === here ? 0 : -1}
                    aria-current={day === today ? "date" : undefined}
                    aria-pressed={day === chosen}
                    aria-label={said(day, found.get(day))}
                    onFocus={() => day.startsWith(month) && setHere(day)}
                    onClick={() => {
                      setHere(day);
                      onChoose(day);
                    }}
                  >
                    <span aria-hidden>{dayOf(day)}</span>
                    {found.has(day) && (
                      <strong aria-hidden>
                        {found.get(day)?.isOverdue && "! "}
                        {found.get(day)?.count}
                      </strong>
                    )}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

const inWords = new Intl.DateTimeFormat("pl-PL", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });

/** It begins with the number that stands in the square, as whoever speaks to the screen calls it. */
const said = (day: string, mark: DayMark | undefined): string =>
  `${inWords.format(new Date(day))}: ${mark ? counted(mark.count, "termin", "terminy", "terminów") : "nic"}${mark?.isOverdue ? ", po terminie" : ""}`;
