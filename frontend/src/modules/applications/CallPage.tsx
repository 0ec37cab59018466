import { Button, List, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { api } from "@/api/client";
import { ButtonLink } from "@/ui/ButtonLink";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { FactStrip } from "@/ui/FactStrip";
import { Fold } from "@/ui/Fold";
import { counted, formatDateTime, formatMoney, formatNumber } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { BarsPicture } from "@/ui/pictures/BarsPicture";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import { CallApplications } from "./CallApplications";
import { CallCharts } from "./CallCharts";
import { CallPackage } from "./CallPackage";
import { type Call, momentOf, stateOfCall, underTitle } from "./nouns";

type Deed = "close" | "settle" | "discard" | "throw_away";

/** One call: how many applications, where they stand, the money, its rounds, and what was changed when. */
export function CallPage() {
  const { id = "" } = useParams();
  const path = { params: { path: { id } } };
  const { data: call } = api.useSuspenseQuery("get", "/api/v1/applications/calls/{id}/", path);
  const { data: figures } = api.useSuspenseQuery("get", "/api/v1/applications/calls/{id}/figures/", path);
  const state = stateOfCall(call);
  const rules = call.rules_in_force ?? call.rules;
  const isDraft = call.state === "draft";

  return (
    <>
      <PageHeader
        title={call.title}
        description={[underTitle(call), call.is_test && "nabór próbny"].filter(Boolean).join(" · ")}
        back={{ to: "/applications/calls", label: "Nabory" }}
        actions={
          <>
            <CallDeeds call={call} />
            {call.state !== "draft" && <CallPackage id={call.id} />}
          </>
        }
      />
      <Stack gap="xl">
        <FactStrip
          facts={[
            { name: "Stan", value: <StatusBadge tone={state.tone}>{state.text}</StatusBadge> },
            { name: "Do kiedy", value: call.closes_at && momentOf(call.closes_at) },
            { name: "Złożone", value: formatNumber(figures.handed_in) },
            { name: "Szkice", value: formatNumber(figures.drafts) },
            { name: "Wnioskowano", value: formatMoney(figures.money.asked) },
            { name: "Przyznano", value: formatMoney(figures.money.granted) },
          ]}
          action={
            call.can.includes("publish") && (isDraft || call.changes.length > 0) ? (
              <ButtonLink to="edit">{isDraft ? "Uzupełnij i ogłoś" : "Ogłoś zmiany"}</ButtonLink>
            ) : undefined
          }
        />
        {figures.stages.length > 0 && (
          <Panel title="Gdzie są wnioski">
            <BarsPicture
              label="Wnioski na etapach"
              parts={figures.stages.map(({ name, count }) => ({ label: name, value: count, tone: "info", url: "" }))}
            />
          </Panel>
        )}
        <Panel title="Tury i środki">
          <Stack gap="xs">
            {call.can.includes("divide") && (
              <ButtonLink to="division" variant="default" style={{ alignSelf: "flex-start" }}>
                Podziel środki
              </ButtonLink>
            )}
            {rules.rounds?.map(({ key, name, opens_at, closes_at }) => (
              <Text key={key}>
                <strong>{name}</strong>: od {momentOf(opens_at ?? null)} do {momentOf(closes_at ?? null)}
              </Text>
            ))}
            {figures.pots.map(({ code, name, planned, left }) => (
              <Text key={code}>
                Pula „{name}”: zostało {formatMoney(left)} z {formatMoney(planned)}
              </Text>
            ))}
          </Stack>
        </Panel>
        {!isDraft && <CallCharts id={call.id} figures={figures} />}
        {!isDraft && <CallCommittees id={call.id} />}
        {!isDraft && <CallApplications id={call.id} />}
        <Editions id={call.id} />
      </Stack>
    </>
  );
}

const ASKED = {
  close: {
    button: "Zamknij nabór",
    title: "Zamknąć nabór?",
    text: "Nikt nie złoży już w nim wniosku, a jego zasad nie będzie można zmienić.",
    done: "Zamknięto nabór.",
  },
  settle: {
    button: "Oznacz jako rozliczony",
    title: "Oznaczyć nabór jako rozliczony?",
    text: "Wszystkie sprawy tego naboru muszą być zakończone. Tego kroku nie można cofnąć.",
    done: "Nabór jest rozliczony.",
  },
  discard: {
    button: "Usuń szkic",
    title: "Usunąć szkic naboru?",
    text: "Szkic zniknie razem z zasadami, które w nim wpisano.",
    done: "Usunięto szkic naboru.",
  },
  throw_away: {
    button: "Usuń nabór próbny",
    title: "Usunąć cały nabór próbny?",
    text: "Znikną wszystkie wnioski próbne z plikami, ocenami, pismami i powiadomieniami. W dzienniku zostanie wpis, że próba się odbyła. Tego kroku nie można cofnąć.",
    done: "Usunięto nabór próbny.",
  },
} as const satisfies Record<Deed, object>;

function CallDeeds({ call }: { call: Call }) {
  const navigate = useNavigate();
  const [deed, setDeed] = useState<Deed>("close");
  const [isAsking, dialog] = useDisclosure(false);
  const path = { params: { path: { id: call.id } } };
  const done = () => {
    dialog.close();
    notifyDone(ASKED[deed].done);
  };
  const close = api.useMutation("post", "/api/v1/applications/calls/{id}/close/", { onSuccess: done });
  const settle = api.useMutation("post", "/api/v1/applications/calls/{id}/settle/", { onSuccess: done });
  const gone = async () => {
    await navigate("/applications/calls");
    notifyDone(ASKED[deed].done);
  };
  const discard = api.useMutation("delete", "/api/v1/applications/calls/{id}/", { onSuccess: gone });
  const throwAway = api.useMutation("post", "/api/v1/applications/calls/{id}/throw_away/", {
    onSuccess: gone,
    meta: { refreshes: ["/api/v1/procedures/"] },
  });
  const copy = api.useMutation("post", "/api/v1/applications/calls/{id}/copy/", {
    onSuccess: async ({ id }) => {
      await navigate(`/applications/calls/${id}/edit`);
      notifyDone("Skopiowano nabór. Sprawdź przesunięte terminy.");
    },
  });
  const deeds = { close, settle, discard, throw_away: throwAway };
  const offered = (["discard", "close", "settle", "throw_away"] as const).filter((one) => call.can.includes(one));

  return (
    <>
      {call.can.includes("change") && (
        <ButtonLink to="edit" variant="default">
          Zmień zasady
        </ButtonLink>
      )}
      {call.can.includes("copy") && (
        <Button variant="default" loading={copy.isPending} onClick={() => copy.mutate({ ...path, body: {} })}>
          Kopiuj na {call.year + 1} r.
        </Button>
      )}
      {offered.map((one) => (
        <Button
          key={one}
          variant="default"
          onClick={() => {
            setDeed(one);
            dialog.open();
          }}
        >
          {ASKED[one].button}
        </Button>
      ))}
      <ConfirmDialog
        isOpen={isAsking}
        title={ASKED[deed].title}
        confirmLabel={ASKED[deed].button}
        isDangerous={deed === "discard" || deed === "throw_away"}
        isWorking={deeds[deed].isPending}
        error={deeds[deed].error}
        onConfirm={() => deeds[deed].mutate(path)}
        onClose={dialog.close}
      >
        {ASKED[deed].text}
      </ConfirmDialog>
    </>
  );
}

function Editions({ id }: { id: string }) {
  const { data } = api.useQuery("get", "/api/v1/applications/calls/{id}/editions/", { params: { path: { id } } });
  if (!data || data.length === 0) {
    return null;
  }
  return (
    <Fold title="Ogłoszenia i zmiany zasad" note={counted(data.length, "wydanie", "wydania", "wydań")}>
      <Stack>
        {data.map((one) => (
          <div key={one.id}>
            <Text fw={600}>
              Wydanie {one.number}, {formatDateTime(one.published_at)}
              {one.published_by && `, ${one.published_by}`}
            </Text>
            {one.number === 1 ? <Text>Ogłoszono nabór.</Text> : null}
            {one.message && (
              <Text c="dimmed">
                {one.told_at
                  ? `Wiadomość do jednostek wysłano ${formatDateTime(one.told_at)}.`
                  : "Wiadomości do jednostek jeszcze nie wysłano."}
              </Text>
            )}
            {one.differences.length > 0 && (
              <List>
                {one.differences.map((sentence) => (
                  <List.Item key={sentence}>{sentence}</List.Item>
                ))}
              </List>
            )}
            {one.reason && <Text c="dimmed">Powód: {one.reason}</Text>}
          </div>
        ))}
      </Stack>
    </Fold>
  );
}

/** Who scores here, for whoever runs the call or leads one of its committees. */
function CallCommittees({ id }: { id: string }) {
  const { data } = api.useQuery("get", "/api/v1/applications/committees/");
  const here = (data ?? []).filter(({ call }) => call === id);
  if (here.length === 0) {
    return null;
  }
  return (
    <Panel title="Komisje oceniające">
      <List>
        {here.map((one) => (
          <List.Item key={one.id}>
            <TextLink to={`/applications/committees/${one.id}`}>{one.name}</TextLink>
          </List.Item>
        ))}
      </List>
    </Panel>
  );
}
