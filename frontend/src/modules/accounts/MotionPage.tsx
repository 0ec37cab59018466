import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useParams } from "react-router";
import { api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { FactList } from "@/ui/FactList";
import { formatDate, formatDateTime } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { StatusBadge } from "@/ui/StatusBadge";
import { READING } from "@/ui/widths";
import { isRecovery, STATES } from "./motions";

type Motion = Schemas["MotionDetailOut"];

const factsOf = (motion: Motion): [string, string][] => [
  ["Co", motion.title],
  ["Kto proponuje", motion.proposer.name],
  ["Od kiedy czeka", formatDateTime(motion.created_at)],
  ["Czas na decyzję", `do ${formatDateTime(motion.expires_at)}`],
  ...(motion.person ? ([["Dla kogo", `${motion.person.name}, ${motion.person.email}`]] as [string, string][]) : []),
  ...(motion.address ? ([["Nowy adres", motion.address]] as [string, string][]) : []),
  ...(motion.valid_from ? ([["Działa od", formatDate(motion.valid_from)]] as [string, string][]) : []),
  ...(motion.valid_to ? ([["Działa do", formatDate(motion.valid_to)]] as [string, string][]) : []),
  ...Object.entries(motion.provider),
  ...(motion.decided_by ? ([["Kto zdecydował", motion.decided_by.name]] as [string, string][]) : []),
];

/** Somebody may have been faster; then the page tells what stands now. */
const REREAD = { meta: { isRereadWhenRefused: true } };

/** What one person proposes and a second one confirms or refuses. */
export function MotionPage() {
  const { id = "" } = useParams();
  const { data: motion } = api.useSuspenseQuery("get", "/api/v1/accounts/motions/{id}/", { params: { path: { id } } });
  const { word, tone } = STATES[motion.state];
  return (
    <>
      <PageHeader title="Potwierdzenie drugiej osoby" description={motion.title} />
      <Panel title="O co chodzi" actions={<StatusBadge tone={tone}>{word}</StatusBadge>} maw={READING}>
        <Stack>
          <FactList facts={factsOf(motion)} />
          {motion.state === "waiting" && <Decision motion={motion} />}
          {motion.state === "void" && (
            <Text>
              Tego nie można już potwierdzić: osoba, która to proponowała, straciła do tego prawo albo nie ma już konta,
              roli lub dostawcy, o których tu mowa. Nic się nie zmieniło.
            </Text>
          )}
        </Stack>
      </Panel>
    </>
  );
}

function Decision({ motion }: { motion: Motion }) {
  const { person } = useSession();
  const path = { path: { id: motion.id } };
  const confirm = api.useMutation("post", "/api/v1/accounts/motions/{id}/confirm/", REREAD);
  const refuse = api.useMutation("post", "/api/v1/accounts/motions/{id}/refuse/", REREAD);
  const withdraw = api.useMutation("post", "/api/v1/accounts/motions/{id}/withdraw/", REREAD);
  const isWorking = confirm.isPending || refuse.isPending || withdraw.isPending;
  const isOwn = person?.id === motion.proposer.id;
  return (
    <>
      {!motion.has_second_person && (
        <Alert color="caution" icon={<IconInfoCircle aria-hidden />} title="W mieście nie ma drugiej osoby">
          Nikt inny nie zarządza tu rolami w całym mieście na tyle długo, żeby to potwierdzić. Napisz do operatora
          OPIUM: potwierdzi to, gdy upewni się, że prosi o to urząd.
        </Alert>
      )}
      {motion.obstacle === "" ? (
        <Text>
          {isRecovery(motion)
            ? "Zanim potwierdzisz, zadzwoń pod znany numer do osoby, której to dotyczy: o zgodę mógł poprosić ktoś, kto się za nią podaje. "
            : "Zanim potwierdzisz, zapytaj osobę, która to proponuje, najlepiej przez telefon. "}
          Po potwierdzeniu zacznie to działać od razu.
        </Text>
      ) : (
        <Text>{motion.obstacle}</Text>
      )}
      <ProblemAlert title="Nie zapisano decyzji" error={confirm.error ?? refuse.error ?? withdraw.error} />
      <Group gap="sm">
        {motion.obstacle === "" && (
          <>
            <Button loading={confirm.isPending} disabled={isWorking} onClick={() => confirm.mutate({ params: path })}>
              Potwierdzam
            </Button>
            <Button
              variant="default"
              loading={refuse.isPending}
              disabled={isWorking}
              onClick={() => refuse.mutate({ params: path })}
            >
              Odmawiam
            </Button>
          </>
        )}
        {isOwn && (
          <Button
            variant="default"
            loading={withdraw.isPending}
            disabled={isWorking}
            onClick={() => withdraw.mutate({ params: path })}
          >
            Wycofaj
          </Button>
        )}
      </Group>
    </>
  );
}
