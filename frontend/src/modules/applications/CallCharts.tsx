import { Stack } from "@mantine/core";
import { api, type Schemas } from "@/api/client";
import { Panel } from "@/ui/Panel";
import { BarsPicture } from "@/ui/pictures/BarsPicture";
import { MoneySlices, whole } from "./MoneySlices";

type Figures = Schemas["CallFiguresOut"];

/** The money of a call as bars, each with its table: asked, granted, left; by kind of unit; by year. */
export function CallCharts({ id, figures }: { id: string; figures: Figures }) {
  const { data } = api.useQuery("get", "/api/v1/applications/calls/{id}/charts/", { params: { path: { id } } });
  const left = figures.pots.reduce((sum, one) => sum + whole(one.left), 0);
  return (
    <Panel title="Pieniądze naboru">
      <Stack>
        <BarsPicture
          label="Pieniądze naboru, w złotych"
          parts={[
            { label: "wnioskowano", value: whole(figures.money.asked), tone: "neutral", url: "" },
            { label: "przyznano", value: whole(figures.money.granted), tone: "success", url: "" },
            { label: "zostało w pulach", value: left, tone: "info", url: "" },
          ]}
        />
        {data && data.by_kind.length > 0 && (
          <MoneySlices title="Według rodzajów jednostek" first="Rodzaj jednostki" slices={data.by_kind} />
        )}
        {data && data.by_year.length > 1 && (
          <MoneySlices title="W kolejnych latach" first="Rok" slices={data.by_year} />
        )}
      </Stack>
    </Panel>
  );
}
