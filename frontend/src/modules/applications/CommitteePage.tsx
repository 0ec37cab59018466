import { Button, Group, List, Progress, Select, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useParams } from "react-router";
import { api } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { FactStrip } from "@/ui/FactStrip";
import { counted } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import { useTableView } from "@/ui/tableView";
import { ClosingDialog } from "./ClosingDialog";
import { STANDING_WORDS, saidOf, sittingWhen } from "./committeeWords";
import { type Committee, type Judgement, type Matter, PART_WORDS, type Sitting } from "./nouns";

/** What whoever leads a committee looks at: who sits in it, how far each one is, and each application before it. */
export function CommitteePage() {
  const { id = "" } = useParams();
  const path = { params: { path: { committee_id: id } } };
  const { data: committee } = api.useSuspenseQuery("get", "/api/v1/applications/committees/{committee_id}/", path);
  const matters = api.useQuery("get", "/api/v1/applications/committees/{committee_id}/matters/", path);
  const found = matters.data ?? [];
  const ready = found.filter(
    (one) => one.is_being_scored && one.judgements.every(({ standing }) => standing !== "waits"),
  );
  return (
    <>
      <PageHeader
        title={committee.name}
        description={committee.title}
        back={{ to: "/applications/scoring", label: "Ocena wniosków" }}
      />
      <Stack gap="xl">
        <FactStrip
          facts={[
            { name: "Wnioski", value: String(found.length) },
            { name: "W ocenie", value: String(found.filter(({ is_being_scored }) => is_being_scored).length) },
            { name: "Gotowe do zamknięcia", value: String(ready.length) },
            {
              name: "Każdy wniosek ocenia",
              value: committee.each_to === null ? "cała komisja" : counted(committee.each_to, "osoba", "osoby", "osób"),
            },
          ]}
        />
        <Sittings committee={committee} />
        <Matters id={id} query={matters} committee={committee} />
      </Stack>
    </>
  );
}

const SITTINGS: readonly [Column<Sitting>, ...Column<Sitting>[]] = [
  { id: "person", header: "Osoba", render: ({ name }) => name },
  { id: "role", header: "Rola", phone: "bare", render: ({ sits_as }) => PART_WORDS[sits_as] },
  { id: "at", header: "Kiedy", phone: "bare", render: sittingWhen },
  {
    id: "scored",
    header: "Oceniono",
    render: ({ scored, allotted, name }) =>
      allotted === 0 ? null : (
        <>
          {scored} z {allotted}
          <Progress value={(scored / allotted) * 100} aria-label={`${name}: oceniono ${scored} z ${allotted}`} />
        </>
      ),
  },
];

function Sittings({ committee }: { committee: Committee }) {
  const view = useTableView({});
  const path = { params: { path: { committee_id: committee.id } } };
  const even = api.useMutation("post", "/api/v1/applications/committees/{committee_id}/evening/", {
    onSuccess: ({ moved }) =>
      notifyDone(
        moved === 0
          ? "Przydziały są już równe."
          : `Przeniesiono ${counted(moved, "wniosek", "wnioski", "wniosków")}, aby każdy miał po równo.`,
      ),
  });
  return (
    <Panel
      title="Skład"
      actions={
        committee.leads &&
        committee.each_to !== null && (
          <Button variant="default" loading={even.isPending} onClick={() => even.mutate(path)}>
            Wyrównaj przydziały
          </Button>
        )
      }
    >
      <ProblemAlert error={even.error} />
      <DataTable
        list="applications.committee_sittings"
        label="Skład komisji"
        columns={SITTINGS}
        query={{
          data: { count: committee.sittings.length, results: committee.sittings },
          error: null,
          isPlaceholderData: false,
          isFetching: false,
          refetch: () => undefined,
        }}
        view={view}
        rowKey={({ person, from_at }) => `${person}.${from_at}`}
        empty={<EmptyState title="Nikt nie zasiada w tej komisji">Dodaj osoby w zasadach naboru.</EmptyState>}
        isWhole
      />
    </Panel>
  );
}

interface MattersProps {
  id: string;
  committee: Committee;
  query: {
    data: readonly Matter[] | undefined;
    error: unknown;
    isPlaceholderData: boolean;
    isFetching: boolean;
    refetch: () => unknown;
  };
}

function Matters({ id, committee, query }: MattersProps) {
  const view = useTableView({});
  const [chosen, setChosen] = useState<Matter | null>(null);
  const [isClosing, setClosing] = useState(false);
  const open = (query.data ?? []).filter(({ closing }) => closing);
  const columns: readonly [Column<Matter>, ...Column<Matter>[]] = [
    {
      id: "application",
      header: "Wniosek",
      render: (one) => (
        <>
          <TextLink to={`/procedures/cases/${one.case}`} fw={600}>
            {one.title}
          </TextLink>
          <Text size="sm" c="dimmed" fw={400}>
            {[one.sign, one.unit].filter(Boolean).join(" · ")}
          </Text>
        </>
      ),
    },
    { id: "stage", header: "Etap", phone: "bare", render: ({ stage }) => stage },
    {
      id: "scores",
      header: "Oceny",
      render: ({ judgements }) => (
        <List listStyleType="none">
          {judgements.map((one) => (
            <List.Item key={one.person}>
              {one.name}: <Said one={one} />
            </List.Item>
          ))}
        </List>
      ),
    },
    { id: "result", header: "Wynik", isNumeric: true, render: ({ result }) => saidOf(result.wynik) },
    {
      id: "median",
      header: "Mediana",
      isNumeric: true,
      phone: "none",
      render: ({ result }) => saidOf(result.mediana_ocen),
    },
    { id: "spread", header: "Rozstęp", isNumeric: true, phone: "none", render: ({ result }) => saidOf(result.rozstep) },
    {
      id: "scorers",
      header: "Kto ocenia",
      render: (one) =>
        committee.leads && one.is_being_scored ? (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={`Zmień, kto ocenia: ${one.title}`}
            onClick={() => setChosen(one)}
          >
            Zmień
          </Button>
        ) : null,
    },
  ];
  return (
    <Panel
      title="Wnioski przed komisją"
      actions={
        committee.leads &&
        open.length > 0 && (
          <Button variant="default" onClick={() => setClosing(true)}>
            Zamknij ocenę wielu wniosków
          </Button>
        )
      }
    >
      <DataTable
        list="applications.before_committee"
        label="Wnioski przed komisją"
        columns={columns}
        query={{ ...query, data: query.data && { count: query.data.length, results: query.data } }}
        view={view}
        rowKey={(one) => one.case}
        empty={
          <EmptyState title="Nie ma jeszcze wniosków do oceny">
            Gdy wniosek dojdzie do etapu oceny, zobaczysz go tutaj.
          </EmptyState>
        }
        isWhole
      />
      {isClosing && <ClosingDialog matters={open} onClose={() => setClosing(false)} />}
      {chosen && <Allotting id={id} matter={chosen} committee={committee} onClose={() => setChosen(null)} />}
    </Panel>
  );
}

const TONES = { waits: "neutral", scored: "success", abstained: "info", excluded: "warning" } as const;

function Said({ one }: { one: Judgement }) {
  return (
    <>
      <StatusBadge tone={TONES[one.standing]}>
        {one.points === null ? STANDING_WORDS[one.standing] : `${saidOf(one.points)} pkt`}
      </StatusBadge>
      {one.is_far && (
        <Text span size="sm" c="dimmed">
          {" "}
          odstaje od innych
        </Text>
      )}
    </>
  );
}

interface AllottingProps {
  id: string;
  matter: Matter;
  committee: Committee;
  onClose: () => void;
}

/** One person more, or one less: whoever has scored stays. */
function Allotting({ id, matter, committee, onClose }: AllottingProps) {
  const [person, setPerson] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const waiting = new Set(matter.judgements.filter(({ standing }) => standing === "waits").map((one) => one.person));
  const named = new Set(matter.judgements.map((one) => one.person));
  const free = committee.sittings.filter((one) => one.is_now && one.sits_as !== "secretary" && !named.has(one.person));
  const isTaking = person !== null && waiting.has(person);
  const done = (sentence: string) => {
    notifyDone(sentence);
    onClose();
  };
  const give = api.useMutation("post", "/api/v1/applications/committees/{committee_id}/allotments/", {
    onSuccess: () => done("Przydzielono wniosek do oceny."),
  });
  const take = api.useMutation("post", "/api/v1/applications/committees/{committee_id}/withdrawals/", {
    onSuccess: () => done("Odebrano wniosek."),
  });
  const path = { params: { path: { committee_id: id } } };
  return (
    <ConfirmDialog
      isOpen
      title={`Kto ocenia: ${matter.title}`}
      confirmLabel={isTaking ? "Odbierz wniosek" : "Przydziel wniosek"}
      isReady={person !== null && (!isTaking || reason.trim() !== "")}
      isWorking={give.isPending || take.isPending}
      error={give.error ?? take.error}
      onConfirm={() => {
        if (person !== null) {
          const body = { case: matter.case, person };
          isTaking ? take.mutate({ ...path, body: { ...body, reason } }) : give.mutate({ ...path, body });
        }
      }}
      onClose={onClose}
    >
      <Stack>
        <Select
          label="Osoba"
          data={[
            { group: "Dodaj", items: free.map((one) => ({ value: one.person, label: one.name })) },
            {
              group: "Odbierz (jeszcze nie ocenia)",
              items: matter.judgements
                .filter((one) => waiting.has(one.person))
                .map((one) => ({ value: one.person, label: one.name })),
            },
          ].filter(({ items }) => items.length > 0)}
          value={person}
          onChange={setPerson}
        />
        {isTaking && (
          <Textarea
            label="Powód"
            description="Trafi do protokołu."
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={400}
            required
          />
        )}
        <Group>
          <Text size="sm" c="dimmed">
            Kto już ocenił, zostaje. Kto jest wyłączony, nie może oceniać.
          </Text>
        </Group>
      </Stack>
    </ConfirmDialog>
  );
}
