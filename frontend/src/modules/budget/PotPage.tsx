import { Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useParams } from "react-router";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { FactList } from "@/ui/FactList";
import { formatMoney } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { TextLink } from "@/ui/TextLink";
import { AmountDialog } from "./AmountDialog";
import { EntryTable } from "./EntryTable";
import { FigureBar } from "./FigureBar";
import type { Pot } from "./nouns";

/** One pot: how it is used, its parts, and its ledger. */
export function PotPage() {
  const { id = "" } = useParams();
  const { may } = useSession();
  const [isChanging, dialog] = useDisclosure(false);
  const { data: pot } = api.useSuspenseQuery("get", "/api/v1/budget/pots/{id}/", { params: { path: { id } } });
  const can = (verb: string) => pot.can.includes(verb);

  return (
    <>
      <PageHeader
        title={pot.name}
        description={`Rok ${pot.year} · kod ${pot.code}`}
        back={{ to: `/budget/pots?year=${pot.year}`, label: `Budżet ${pot.year}` }}
        actions={
          <>
            {may("budget.manage_pots") && !pot.parent && (
              <ButtonLink to={`/budget/pots/new?year=${pot.year + 1}&from=${pot.id}`} variant="default">
                Załóż na {pot.year + 1} r.
              </ButtonLink>
            )}
            {can("change") && (
              <ButtonLink to="edit" variant="default">
                Zmień dane
              </ButtonLink>
            )}
            {can("delegate") && (
              <ButtonLink to="part" variant="default">
                Wydziel część
              </ButtonLink>
            )}
            {can("change_amount") && <Button onClick={dialog.open}>Zmień kwotę</Button>}
          </>
        }
      />
      <Stack gap="xl">
        <Panel title={`Plan: ${formatMoney(pot.figures.planned)}`}>
          <FigureBar figures={pot.figures} isLarge />
        </Panel>
        <Panel title="Dane">
          <FactList
            facts={[
              ["Wnioskowano", formatMoney(pot.figures.asked)],
              ["Przyznano", formatMoney(pot.figures.granted)],
              ["Wypłacono", formatMoney(pot.figures.paid)],
              ["Zafakturowano", formatMoney(pot.figures.invoiced)],
              ["Rozliczono", formatMoney(pot.figures.settled)],
              ["Zwrócono", formatMoney(pot.figures.returned)],
              ["Źródło środków", pot.fund],
              ["Klasyfikacja", pot.classification && `${pot.classification.code} ${pot.classification.name}`],
              ["Dysponent", pot.disposer.name || "wydział"],
              ...(pot.parent
                ? [
                    [
                      "Część puli",
                      <TextLink key="parent" to={`/budget/pots/${pot.parent.id}`}>
                        {pot.parent.name}
                      </TextLink>,
                    ] as const,
                  ]
                : []),
              ...(pot.note ? [["Uwagi", pot.note] as const] : []),
            ]}
          />
        </Panel>
        <Parts pot={pot} />
        <EntryTable pot={pot} />
      </Stack>
      <AmountDialog pot={pot} isOpen={isChanging} onClose={dialog.close} />
    </>
  );
}

function Parts({ pot }: { pot: Pot }) {
  const { data, error, refetch } = api.useQuery("get", "/api/v1/budget/pots/", {
    params: { query: { parent: pot.id, page_size: 500, ordering: "sort_key" } },
  });
  if (error) {
    return <ProblemAlert error={error} title="Nie wczytano wydzielonych części" retry={refetch} />;
  }
  if (!data || data.results.length === 0) {
    return null;
  }
  return (
    <Panel title="Wydzielone części">
      <Stack gap="md">
        {data.results.map((part) => (
          <div key={part.id}>
            <TextLink to={`/budget/pots/${part.id}`} fw={600}>
              {part.name}
            </TextLink>
            {part.disposer.name && (
              <Text size="sm" c="dimmed">
                dysponuje: {part.disposer.name}
              </Text>
            )}
            <FigureBar figures={part.figures} />
          </div>
        ))}
      </Stack>
    </Panel>
  );
}
