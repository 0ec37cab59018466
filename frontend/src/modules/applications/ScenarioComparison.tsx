import { Stack, Table, Text } from "@mantine/core";
import { api } from "@/api/client";
import { counted, formatMoney, unbroken } from "@/ui/format";

const APPLICATIONS = ["wniosek", "wnioski", "wniosków"] as const;

const toldOf = (number: number, sum: string): string =>
  `${counted(number, ...APPLICATIONS)}, razem o ${formatMoney(sum)}`;

/** Another scenario against this one: who gains, who loses, and the sums of both. */
export function ScenarioComparison({ scenario, other }: { scenario: string; other: { id: string; name: string } }) {
  const { data } = api.useSuspenseQuery("get", "/api/v1/applications/scenarios/{id}/comparison/", {
    params: { path: { id: scenario }, query: { with: other.id } },
  });
  const changed = data.differences.filter(({ change }) => Number(change) !== 0);
  return (
    <Stack gap="xs">
      <Text>
        W „{other.name}”: {counted(data.over_after, ...APPLICATIONS)} i {formatMoney(data.given_after)} zamiast{" "}
        {counted(data.over_before, ...APPLICATIONS)} i {formatMoney(data.given_before)}.
        {data.gaining > 0 && ` Więcej dostaje ${toldOf(data.gaining, data.gained)}.`}
        {data.losing > 0 && ` Mniej dostaje ${toldOf(data.losing, data.lost)}.`}
      </Text>
      {changed.length > 0 && (
        <Table.ScrollContainer minWidth={280} type="native" tabIndex={0} role="region" aria-label="Tabela różnic">
          <Table aria-label={`Różnice wobec „${other.name}”`}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Wniosek</Table.Th>
                <Table.Th scope="col">Tu</Table.Th>
                <Table.Th scope="col">Tam</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {changed.map(({ key, title, unit, before, after }) => (
                <Table.Tr key={key}>
                  <Table.Th scope="row" fw={400}>
                    {unbroken([title, unit].filter(Boolean).join(", "))}
                  </Table.Th>
                  <Table.Td>{formatMoney(before)}</Table.Td>
                  <Table.Td>
                    {formatMoney(after)} {Number(after) > Number(before) ? "▲" : "▼"}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}
