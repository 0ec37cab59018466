import { List, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useParams } from "react-router";
import { api } from "@/api/client";
import { ChoiceField } from "@/ui/ChoiceField";
import { formatDateTime, formatMoney } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { TextLink } from "@/ui/TextLink";
import { RECOMMENDATION_STATES } from "./nouns";
import { ScenarioComparison } from "./ScenarioComparison";
import { ScenarioNew } from "./ScenarioNew";
import { ScenarioView } from "./ScenarioView";

/** How the money of a call could be divided: scenarios, one of them open, another beside it. */
export function CallDivision() {
  const { id = "" } = useParams();
  const { data: call } = api.useSuspenseQuery("get", "/api/v1/applications/calls/{id}/", { params: { path: { id } } });
  const { data: scenarios } = api.useSuspenseQuery("get", "/api/v1/applications/calls/{call_id}/scenarios/", {
    params: { path: { call_id: id } },
  });
  const [chosen, setChosen] = useState<string | null>(null);
  const [beside, setBeside] = useState<string | null>(null);
  const open = scenarios.find((one) => one.id === chosen) ?? scenarios[0];
  const other = scenarios.find((one) => one.id === beside && one.id !== open?.id);
  const options = scenarios.map(({ id: value, name }) => ({ value, label: name }));

  return (
    <>
      <PageHeader title="Podział środków" back={{ to: `/applications/calls/${id}`, label: call.title }} />
      <Stack gap="xl">
        {open && (
          <Panel title={open.name}>
            <Stack>
              {scenarios.length > 1 && (
                <ChoiceField label="Wariant" choices={options} value={open.id} onChange={setChosen} />
              )}
              <ScenarioView key={open.id} id={open.id} />
            </Stack>
          </Panel>
        )}
        {open && scenarios.length > 1 && (
          <Panel title="Porównanie">
            <Stack>
              <ChoiceField
                label="Porównaj z"
                choices={options.filter(({ value }) => value !== open.id)}
                value={other?.id ?? null}
                onChange={setBeside}
              />
              {other && <ScenarioComparison scenario={open.id} other={other} />}
            </Stack>
          </Panel>
        )}
        <Recommendations call={id} />
        <Panel title="Nowy wariant">
          <ScenarioNew call={id} isFirst={!open} onMade={setChosen} />
        </Panel>
      </Stack>
    </>
  );
}

/** What was recommended of the call, the newest first; each leads to its approval and decision. */
function Recommendations({ call }: { call: string }) {
  const { data } = api.useQuery("get", "/api/v1/applications/calls/{call_id}/recommendations/", {
    params: { path: { call_id: call } },
  });
  if (!data || data.length === 0) {
    return null;
  }
  return (
    <Panel title="Rekomendacje">
      <List>
        {data.map((one) => (
          <List.Item key={one.id}>
            <TextLink to={`/applications/recommendations/${one.id}`}>{one.scenario}</TextLink>,{" "}
            {formatDateTime(one.made_at)}: {RECOMMENDATION_STATES[one.state].text}, {formatMoney(one.total)}
          </List.Item>
        ))}
      </List>
      {data.some(({ state }) => state === "awarded") && (
        <Text mt="xs">
          Decyzję już ogłoszono. Kolejny podział obejmie to, co zostało w pulach: wnioski, którym nic nie przyznano, i
          te, które złożono później.
        </Text>
      )}
    </Panel>
  );
}
