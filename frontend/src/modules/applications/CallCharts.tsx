import { Stack, Table, Text } from "@mantine/core";
import { api, type Schemas } from "@/api/client";
import { Fold } from "@/ui/Fold";
import { formatMoney } from "@/ui/format";
import { Panel } from "@/ui/Panel";
import { BarsPicture } from "@/ui/pictures/BarsPicture";

type Slice = Schemas["CallSliceOut"];
type Figures = Schemas["CallFiguresOut"];

const whole = (amount: string): number => Math.round(Number(amount));

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
          <Slices title="Według rodzajów jednostek" first="Rodzaj jednostki" slices={data.by_kind} />
        )}
        {data && data.by_year.length > 1 && <Slices title="W kolejnych latach" first="Rok" slices={data.by_year} />}
      </Stack>
    </Panel>
  );
}

function Slices({ title, first, slices }: { title: string; first: string; slices: Slice[] }) {
  return (
    <Fold title={title} note={`${slices.length}`}>
      <Stack>
        <Text size="sm">Przyznano, w złotych:</Text>
        <BarsPicture
          label={`${title}: przyznano, w złotych`}
          parts={slices.map(({ name, granted }) => ({ label: name, value: whole(granted), tone: "success", url: "" }))}
        />
        <Table.ScrollContainer minWidth={280} type="native" tabIndex={0} role="region" aria-label={`Tabela: ${title}`}>
          <Table aria-label={title}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{first}</Table.Th>
                <Table.Th scope="col">Wnioskowano</Table.Th>
                <Table.Th scope="col">Przyznano</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {slices.map(({ name, asked, granted }) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row" fw={400}>
                    {name}
                  </Table.Th>
                  <Table.Td>{formatMoney(asked)}</Table.Td>
                  <Table.Td>{formatMoney(granted)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Stack>
    </Fold>
  );
}
