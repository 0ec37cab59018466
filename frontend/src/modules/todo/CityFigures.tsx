import { Text, Title } from "@mantine/core";
import { type ComponentType, useId } from "react";
import { api } from "@/api/client";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { BarsPicture } from "@/ui/pictures/BarsPicture";
import { DaysPicture } from "@/ui/pictures/DaysPicture";
import { type PicturePart, sumOf } from "@/ui/pictures/pictures";
import { WholePicture } from "@/ui/pictures/WholePicture";
import classes from "./Desk.module.css";
import type { Figure } from "./nouns";

const PICTURES: Record<Figure["shape"], ComponentType<{ label: string; parts: readonly PicturePart[] }>> = {
  whole: WholePicture,
  bars: BarsPicture,
  days: DaysPicture,
};

/** The city in numbers; each picture carries its table. */
export function CityFigures() {
  const heading = useId();
  const figures = api.useQuery("get", "/api/v1/todo/overview/", {}, { staleTime: 5 * 60_000 });
  return (
    <section aria-labelledby={heading}>
      <Title order={2} id={heading} mb="xs">
        Miasto w liczbach
      </Title>
      <ProblemAlert error={figures.error} retry={() => void figures.refetch()} />
      <div className={classes.figures}>
        {figures.data?.filter(isCounted).map((figure) => (
          <FigurePanel key={figure.code} figure={figure} />
        ))}
      </div>
      {figures.data && <Zeros figures={figures.data} />}
    </section>
  );
}

function FigurePanel({ figure: { title, sentence, shape, parts } }: { figure: Figure }) {
  const Picture = PICTURES[shape];
  return (
    <Panel title={title} order={3}>
      <Text size="sm" c="dimmed" mb="xs">
        {sentence}
      </Text>
      <Picture label={title} parts={parts} />
    </Panel>
  );
}

/** A picture of nothing says nothing: what is zero is said in a line. */
function Zeros({ figures }: { figures: readonly Figure[] }) {
  const zeros = figures.filter((figure) => !isCounted(figure)).map(({ title }) => title);
  return zeros.length === 0 ? null : (
    <Text size="sm" c="dimmed" mt="sm">
      W tej chwili zero: {zeros.join("; ")}.
    </Text>
  );
}

const isCounted = ({ parts }: Figure): boolean => sumOf(parts) > 0;
