import { Stack } from "@mantine/core";
import { api } from "@/api/client";
import { Fold } from "@/ui/Fold";
import { formatDate } from "@/ui/format";
import { Panel } from "@/ui/Panel";
import { DaysPicture } from "@/ui/pictures/DaysPicture";
import type { PicturePart } from "@/ui/pictures/pictures";
import { type Tile, TilesPicture } from "@/ui/pictures/TilesPicture";
import type { Delivery, Message } from "./nouns";

/** As many as one answer of the server holds. */
const MOST = 500;
/** Fewer are seen at a glance in the table. */
const FEW = 12;

interface StatePicturesProps {
  message: Message;
  refreshEvery: number | false;
  /** Shows the recipient of this name in the table. */
  onChoose: (name: string) => void;
}

/** All recipients at one look, each by its state, and how the answers came day by day; the table behind tells the same. */
export function StatePictures({ message, refreshEvery, onChoose }: StatePicturesProps) {
  const { recipients } = message.counts;
  const isWorthIt = recipients > FEW && recipients <= MOST;
  const deliveries = api.useQuery(
    "get",
    "/api/v1/messaging/messages/{message_id}/deliveries/",
    {
      params: {
        path: { message_id: message.id },
        query: { page: 1, page_size: recipients <= PAGE ? PAGE : MOST },
      },
    },
    { enabled: isWorthIt, refetchInterval: refreshEvery },
  );
  if (!isWorthIt || !deliveries.data) {
    return null;
  }
  const rows = deliveries.data.results;
  const days = daysOf(rows);
  return (
    <Panel title="Obraz stanu">
      <Stack gap="sm">
        <TilesPicture
          label="Adresaci według stanu"
          tiles={rows.map((row) => tileOf(row, message.answer_request !== null))}
          onChoose={({ name }) => onChoose(name)}
        />
        {days.length > 1 && (
          <Fold title="Odpowiedzi dzień po dniu" order={3}>
            <DaysPicture label="odpowiedzi dzień po dniu" parts={days} />
          </Fold>
        )}
      </Stack>
    </Panel>
  );
}

/** The rows of the table's own page, so that both are read at once. */
export const PAGE = 150;

const SIGNS = {
  "w terminie": { tone: "success", sign: "✓" },
  "po terminie": { tone: "warning", sign: "✓" },
  "arkusz do sprawdzenia": { tone: "warning", sign: "?" },
  "milczy po terminie": { tone: "danger", sign: "!" },
  "otwarto, jeszcze bez odpowiedzi": { tone: "info", sign: "○" },
  otwarto: { tone: "success", sign: "✓" },
  "nie otwarto": { tone: "neutral", sign: "–" },
  wycofano: { tone: "neutral", sign: "×" },
  "w drodze": { tone: "neutral", sign: "…" },
} as const satisfies Record<string, Pick<Tile, "tone" | "sign">>;

function stateOf(row: Delivery, wantsAnswer: boolean): keyof typeof SIGNS {
  if (row.recalled_at !== null) {
    return "wycofano";
  }
  if (row.answered_at !== null) {
    return row.problem ? "arkusz do sprawdzenia" : row.is_late ? "po terminie" : "w terminie";
  }
  if (wantsAnswer && row.is_late) {
    return "milczy po terminie";
  }
  if (row.opened_at !== null) {
    return wantsAnswer ? "otwarto, jeszcze bez odpowiedzi" : "otwarto";
  }
  return row.delivered_at === null ? "w drodze" : "nie otwarto";
}

function tileOf(row: Delivery, wantsAnswer: boolean): Tile {
  const state = stateOf(row, wantsAnswer);
  return { id: row.id, name: row.recipient.short_name, state, ...SIGNS[state] };
}

/** A number for each day from the first answer to the last, the empty ones too. */
function daysOf(rows: readonly Delivery[]): PicturePart[] {
  const moments = rows.flatMap(({ answered_at: at }) => (at === null ? [] : [at])).sort();
  const counts = new Map<string, number>();
  for (const moment of moments) {
    counts.set(formatDate(moment), (counts.get(formatDate(moment)) ?? 0) + 1);
  }
  const [first, last] = [moments.at(0), moments.at(-1)];
  if (first === undefined || last === undefined) {
    return [];
  }
  const parts: PicturePart[] = [];
  const day = new Date(first);
  for (let label = ""; label !== formatDate(last) && parts.length < MOST; day.setUTCDate(day.getUTCDate() + 1)) {
    label = formatDate(day.toISOString());
    parts.push({ label, value: counts.get(label) ?? 0, tone: "info", url: "" });
  }
  return parts;
}
