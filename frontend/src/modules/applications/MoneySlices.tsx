import { Stack, Table, Text } from "@mantine/core";
import { Fold } from "@/ui/Fold";
import { formatMoney, formatNumber } from "@/ui/format";
import { BarsPicture } from "@/ui/pictures/BarsPicture";

/** One bar, and one line of the table behind it; what is not told has no column. */
export interface MoneySlice {
  name: string;
  asked: string;
  granted: string;
  settled?: string;
  handedIn?: number;
}

/** Bars are drawn of whole złote. */
export const whole = (amount: string): number => Math.round(Number(amount));

interface MoneySlicesProps {
  title: string;
  /** What the names are: "Rok". */
  first: string;
  slices: readonly MoneySlice[];
}

/** What was granted under each name as bars, with the table of all its sums. */
export function MoneySlices({ title, first, slices }: MoneySlicesProps) {
  const isCounted = slices.some(({ handedIn }) => handedIn !== undefined);
  const isSettled = slices.some(({ settled }) => settled !== undefined);
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
                {isCounted && (
                  <Table.Th scope="col" ta="right">
                    Złożone
                  </Table.Th>
                )}
                <Table.Th scope="col" ta="right">
                  Wnioskowano
                </Table.Th>
                <Table.Th scope="col" ta="right">
                  Przyznano
                </Table.Th>
                {isSettled && (
                  <Table.Th scope="col" ta="right">
                    Rozliczono
                  </Table.Th>
                )}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {slices.map(({ name, asked, granted, settled, handedIn }) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row" fw={400}>
                    {name}
                  </Table.Th>
                  {isCounted && <Table.Td ta="right">{formatNumber(handedIn ?? 0)}</Table.Td>}
                  <Table.Td ta="right">{formatMoney(asked)}</Table.Td>
                  <Table.Td ta="right">{formatMoney(granted)}</Table.Td>
                  {isSettled && <Table.Td ta="right">{formatMoney(settled ?? "0")}</Table.Td>}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Stack>
    </Fold>
  );
}
