import { Table } from "@mantine/core";
import { api } from "@/api/client";
import { formatMoney, formatNumber } from "@/ui/format";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";

/** Whose the money of the year is, by the kind of unit; nothing is drawn for a year without any. */
export function UnitKinds({ year }: { year: number }) {
  const { data, error, refetch } = api.useQuery("get", "/api/v1/budget/unit-kinds/", {
    params: { query: { year } },
  });
  if (error) {
    return <ProblemAlert error={error} title="Nie wczytano kwot według rodzajów jednostek" retry={refetch} />;
  }
  if (!data || data.length === 0) {
    return null;
  }
  return (
    <Panel title="Według rodzaju jednostki">
      <Table.ScrollContainer
        minWidth={520}
        type="native"
        tabIndex={0}
        role="region"
        aria-label="Kwoty według rodzaju jednostki"
      >
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Rodzaj</Table.Th>
              <Table.Th ta="right">Jednostki</Table.Th>
              <Table.Th ta="right">Wnioskowano</Table.Th>
              <Table.Th ta="right">Przyznano</Table.Th>
              <Table.Th ta="right">Rozliczono</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map(({ kind, units, figures }) => (
              <Table.Tr key={kind}>
                <Table.Th scope="row">{kind}</Table.Th>
                <Table.Td ta="right">{formatNumber(units)}</Table.Td>
                <Table.Td ta="right">{formatMoney(figures.asked)}</Table.Td>
                <Table.Td ta="right">{formatMoney(figures.granted)}</Table.Td>
                <Table.Td ta="right">{formatMoney(figures.settled)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}
