import { api, type Schemas } from "@/api/client";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { counted, formatNumber, formatSize } from "@/ui/format";
import { StatusBadge } from "@/ui/StatusBadge";
import type { TableState } from "@/ui/tableView";

type Measures = Schemas["InstallationOut"];

interface Fact {
  name: string;
  /** What was measured. */
  value: string;
  isIll: boolean;
  /** What to do when it is wrong. */
  todo: string;
}

const EVERY_MINUTE = 60_000;

/** Whether the installation works, for its operators: each fact, its state in a word, and what to do. */
export function Installation({ view }: { view: TableState }) {
  const { data, ...query } = api.useQuery("get", "/api/v1/installation/", {}, { refetchInterval: EVERY_MINUTE });
  const results = data && factsOf(data);
  return (
    <DataTable
      list="outbox.installation"
      label="Stan instalacji"
      columns={COLUMNS}
      query={{ ...query, data: results && { count: results.length, results } }}
      view={view}
      rowKey={({ name }) => name}
      empty={<EmptyState title="Nic nie zmierzono">Odśwież stronę za chwilę.</EmptyState>}
      isWhole
    />
  );
}

const COLUMNS: readonly [Column<Fact>, ...Column<Fact>[]] = [
  { id: "what", header: "Co", render: ({ name }) => name },
  {
    id: "state",
    header: "Stan",
    render: ({ isIll }) => (
      <StatusBadge tone={isIll ? "danger" : "success"}>{isIll ? "do\u00a0sprawdzenia" : "w\u00a0porządku"}</StatusBadge>
    ),
  },
  { id: "measured", header: "Zmierzono", render: ({ value }) => value },
  { id: "advice", header: "Co zrobić", render: ({ isIll, todo }) => (isIll ? todo : null) },
];

function factsOf(measures: Measures): Fact[] {
  const { at, last_tick, oldest_due, oldest_mail, given_up, disk_free, disk_size, scanner, ill } = measures;
  return [
    {
      name: "Zegar zadań w tle",
      value: last_tick ? `ruszył ${age(last_tick, at)} temu` : "nigdy nie ruszył",
      isIll: ill.includes("clock"),
      todo: "Sprawdź, czy działają zegar i robotnicy (celery beat i worker) oraz kolejka.",
    },
    {
      name: "Zadania czekające na robotnika",
      value: oldest_due ? `najstarsze czeka ${age(oldest_due, at)}` : "nic nie czeka",
      isIll: ill.includes("work"),
      todo: "Dodaj robotników albo sprawdź, czy działają.",
    },
    {
      name: "Wysyłanie e-maili",
      value: oldest_mail ? `najstarszy czeka ${age(oldest_mail, at)}` : "nic nie czeka",
      isIll: ill.includes("mail"),
      todo: "Sprawdź EMAIL_URL i serwer poczty.",
    },
    {
      name: "Nieudane zadania",
      value: given_up === 0 ? "brak" : formatNumber(given_up),
      isIll: ill.includes("given_up"),
      todo: "Na liście poniżej uruchom je ponownie albo zostaw z powodem.",
    },
    {
      name: "Dysk plików",
      value:
        disk_free === null || disk_size === null
          ? "pliki są w magazynie S3"
          : `wolne ${formatSize(disk_free)} z ${formatSize(disk_size)}`,
      isIll: ill.includes("disk"),
      todo: "Dodaj miejsce na dysku.",
    },
    { name: "Skanowanie przesyłanych plików", isIll: ill.includes("scanner"), ...SCANNER[scanner] },
  ];
}

const SCANNER: Record<Measures["scanner"], Pick<Fact, "value" | "todo">> = {
  answers: { value: "program antywirusowy odpowiada", todo: "" },
  unset: {
    value: "nikt nie sprawdza plików",
    todo: "Zainstaluj clamav-daemon i ustaw CLAMD.",
  },
  silent: {
    value: "program antywirusowy nie odpowiada, plików nie można przesyłać",
    todo: "Sprawdź, czy działa clamav-daemon, i adres w CLAMD.",
  },
};

/** How long ago it was when that was measured: "50 sekund", "6 minut", "3 godziny", "4 dni". */
function age(since: string, at: string): string {
  const seconds = Math.max(0, Math.floor((Date.parse(at) - Date.parse(since)) / 1000));
  if (seconds < 120) {
    return counted(seconds, "sekundę", "sekundy", "sekund");
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) {
    return counted(minutes, "minutę", "minuty", "minut");
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? counted(hours, "godzinę", "godziny", "godzin")
    : counted(Math.floor(hours / 24), "dzień", "dni", "dni");
}
