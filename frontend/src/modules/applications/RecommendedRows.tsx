import { Button, Table, Text } from "@mantine/core";
import { api } from "@/api/client";
import { formatMoney, unbroken } from "@/ui/format";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { TextLink } from "@/ui/TextLink";
import type { Recommendation } from "./nouns";

type Row = Recommendation["rows"][number];

/** Who gets how much, and of a published decision whether each case has gone on. */
export function RecommendedRows({ shown }: { shown: Recommendation }) {
  const isDecided = shown.rows.some(({ award }) => award !== null);
  const mayOpen = shown.can.includes("document");
  return (
    <Panel title={isDecided ? "Kwoty decyzji" : "Rekomendowane wnioski"}>
      <Table.ScrollContainer minWidth={280} type="native" tabIndex={0} role="region" aria-label="Tabela kwot">
        <Table aria-label={isDecided ? "Kwoty decyzji" : "Rekomendowane wnioski"}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Miejsce</Table.Th>
              <Table.Th scope="col">Wniosek</Table.Th>
              <Table.Th scope="col" ta="right">
                Wnioskowano
              </Table.Th>
              <Table.Th scope="col" ta="right">
                {isDecided ? "Przyznano" : "Rekomendowano"}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.rows.map((row) => (
              <Table.Tr key={row.case}>
                <Table.Td>{row.place ?? "–"}</Table.Td>
                <Table.Th scope="row" fw={400}>
                  {mayOpen ? <TextLink to={`/procedures/cases/${row.case}`}>{nameOf(row)}</TextLink> : nameOf(row)}
                </Table.Th>
                <Table.Td ta="right">{row.asked === null ? "–" : formatMoney(row.asked)}</Table.Td>
                <Table.Td ta="right">
                  {formatMoney(row.amount)}
                  {row.reason && (
                    <Text size="sm">
                      zamiast {formatMoney(row.recommended)}: {row.reason}
                    </Text>
                  )}
                  {shown.state === "awarded" && <Progress row={row} />}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}

const nameOf = ({ sign, title, unit }: Row): string => unbroken([sign, title, unit].filter(Boolean).join(", "));

function Progress({ row: { award, state, sentence, title } }: { row: Row }) {
  const retry = api.useMutation("post", "/api/v1/applications/awards/{award_id}/retry/", {
    onSuccess: () => notifyDone("Ponawiamy."),
    onError: notifyRefused,
  });
  if (state === "waiting") {
    return (
      <Text size="sm" c="dimmed">
        wpisujemy do sprawy…
      </Text>
    );
  }
  if (state !== "stuck" || award === null) {
    return null;
  }
  return (
    <>
      <Text size="sm" c="var(--mantine-color-error)">
        {sentence}
      </Text>
      <Button
        size="xs"
        variant="default"
        loading={retry.isPending}
        aria-label={`Ponów: ${title}`}
        onClick={() => retry.mutate({ params: { path: { award_id: award } } })}
      >
        Ponów
      </Button>
    </>
  );
}
