import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { EmptyState } from "@/ui/EmptyState";
import { FactList } from "@/ui/FactList";
import { FactStrip } from "@/ui/FactStrip";
import { Fold } from "@/ui/Fold";
import { JobProgress } from "@/ui/JobProgress";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { Panes } from "@/ui/Panes";
import { BarsPicture } from "@/ui/pictures/BarsPicture";
import { DaysPicture } from "@/ui/pictures/DaysPicture";
import { type Dot, DotsPicture } from "@/ui/pictures/DotsPicture";
import { MonthPicture } from "@/ui/pictures/MonthPicture";
import type { PicturePart } from "@/ui/pictures/pictures";
import { type Tile, TilesPicture } from "@/ui/pictures/TilesPicture";
import { WaterLine, type WaterRow } from "@/ui/pictures/WaterLine";
import { WholePicture } from "@/ui/pictures/WholePicture";
import { RelativeDue } from "@/ui/RelativeDue";
import { StatusBadge } from "@/ui/StatusBadge";
import { TroubleAlert } from "@/ui/TroubleAlert";
import { ListPattern } from "./ListPattern";

const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();

const dayIn = (days: number) => inDays(days).slice(0, 10);

const DOTS: readonly Dot[] = [
  { id: "1", name: "Jolanta Łuczak", value: 55 },
  { id: "2", name: "Paweł Gajewski", value: 92 },
  { id: "3", name: "Danuta Ostrowska", value: 41 },
];

const PARTS: readonly PicturePart[] = [
  { label: "odpowiedziało", value: 90, tone: "success", url: "" },
  { label: "po terminie", value: 20, tone: "warning", url: "" },
  { label: "milczy", value: 9, tone: "neutral", url: "" },
];

const TILES: readonly Tile[] = Array.from({ length: 24 }, (_, index) => ({
  id: String(index),
  name: `SP ${index + 1}`,
  ...(index % 7 === 3
    ? ({ state: "milczy", tone: "neutral", sign: "–" } as const)
    : ({ state: "odpowiedziała", tone: "success", sign: "✓" } as const)),
}));

const RANKING: readonly WaterRow[] = Array.from({ length: 8 }, (_, index) => ({
  key: String(index),
  place: index === 4 ? 4 : index + 1,
  tied: index === 3 || index === 4 ? 2 : 1,
  name: `Zajęcia teatralne, SP ${index + 1}`,
  asked: `${4000 - index * 250}.00`,
  amount: `${4000 - index * 250}.00`,
  sentence: index === 6 ? "Nie mieści się w puli: 2 500,00 zł, a zostało 1 200,00 zł." : "",
}));

/** Every pattern that screens are made of, at one look, while the front end is developed; no build has it. */
export function Patterns() {
  const [chosen, setChosen] = useState("");
  const [day, setDay] = useState<string | null>(null);
  const [after, setAfter] = useState(3);
  return (
    <>
      <PageHeader
        title="Wzory ekranów"
        description="Z tych części powstaje każdy ekran. Zanim zrobisz nową, sprawdź, czy nie ma jej tutaj."
        actions={<Button variant="default">Czynność obok</Button>}
      />
      <Stack>
        <FactStrip
          facts={[
            { name: "Czyj ruch", value: "urząd (Anna Nowak)" },
            { name: "Do kiedy", value: <RelativeDue at={inDays(4)} /> },
            { name: "Ile", value: "4 000,00 zł" },
            { name: "Stan", value: <StatusBadge tone="info">w toku</StatusBadge> },
          ]}
          brief="Twój ruch"
          action={<Button>Jedna następna czynność</Button>}
        />
        <TroubleAlert sentence="Czego nie udało się zrobić w tle, mówi zdanie na górze." />
        <Panes
          first={{ label: "Co się czyta", content: <Reading /> }}
          second={{ label: "Co się robi", content: <States /> }}
        />
        <Panel title="Obrazy stanu">
          <Stack>
            <TilesPicture label="Szkoły według stanu" tiles={TILES} onChoose={({ name }) => setChosen(name)} />
            <Text role="status">{chosen ? `Wybrano: ${chosen}` : "Kafelki obsłużysz strzałkami."}</Text>
            <WholePicture label="Części całości" parts={PARTS} />
            <BarsPicture label="Liczby obok siebie" parts={PARTS} />
            <DaysPicture label="dzień po dniu" parts={PARTS} />
            <DotsPicture label="Punkty i próg" unit="punktów" dots={DOTS} threshold={50} most={100} />
            <MonthPicture
              label="Terminy w miesiącu"
              marks={[
                { day: dayIn(2), count: 3, isOverdue: false },
                { day: dayIn(-1), count: 1, isOverdue: true },
              ]}
              today={dayIn(0)}
              chosen={day}
              onChoose={setDay}
            />
          </Stack>
        </Panel>
        <Panel title="Ranking z linią">
          <WaterLine label="Ranking" rows={RANKING} after={after} onMove={setAfter} />
        </Panel>
        <ListPattern />
      </Stack>
    </>
  );
}

const Reading = () => (
  <>
    <Panel title="Fakty">
      <FactList
        facts={[
          ["Wnioskuje", "SP 1"],
          ["Telefon", ""],
        ]}
      />
    </Panel>
    <Fold title="Część, której mało kto szuka" note="3 wpisy">
      Na papierze jest zawsze rozwinięta.
    </Fold>
  </>
);

const States = () => (
  <>
    <Panel title="Stany">
      <Group>
        {(["neutral", "info", "success", "warning", "danger"] as const).map((tone) => (
          <StatusBadge key={tone} tone={tone}>
            {tone}
          </StatusBadge>
        ))}
      </Group>
      <Stack mt="sm">
        <RelativeDue at={inDays(-1)} />
        <RelativeDue at={inDays(1)} />
        <JobProgress label="Scalone arkusze" done={40} total={117} />
      </Stack>
    </Panel>
    <EmptyState title="Nie ma jeszcze niczego" action={<Button>Zrób pierwszy krok</Button>}>
      Pusta strona mówi, co zrobić dalej.
    </EmptyState>
  </>
);
