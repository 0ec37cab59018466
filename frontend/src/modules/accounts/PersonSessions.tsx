import { Button, Skeleton, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { api, type Schemas } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { SessionRows } from "./SessionRows";

type Account = Schemas["AccountDetailOut"];

const SESSIONS = "/api/v1/accounts/people/{id}/sessions/";

/** Where another person is signed in, and the end of it; a unit's head ends without looking. */
export function PersonSessions({ account }: { account: Account }) {
  if (account.has_second_factor !== null) {
    return <ShownSessions account={account} />;
  }
  return (
    <Panel title="Sesje">
      <Stack align="flex-start">
        <Text c="dimmed">Gdy ta osoba zgubi komputer albo telefon, wyloguj ją ze wszystkich przeglądarek.</Text>
        <EndAll account={account} />
      </Stack>
    </Panel>
  );
}

/** Asked for only when somebody wants to see it: each look is on record. */
function ShownSessions({ account }: { account: Account }) {
  const [isShown, setIsShown] = useState(false);
  return (
    <Panel
      title="Sesje"
      actions={
        <Button variant="default" aria-expanded={isShown} onClick={() => setIsShown(!isShown)}>
          {isShown ? "Ukryj" : "Pokaż"}
        </Button>
      }
    >
      <Stack>
        <Text c="dimmed">
          Przeglądarki, w których działa teraz konto tej osoby. Zajrzyj tu, gdy zgubi komputer albo telefon. W dzienniku
          pozostanie, że je oglądano.
        </Text>
        {isShown && <Sessions account={account} />}
      </Stack>
    </Panel>
  );
}

function Sessions({ account }: { account: Account }) {
  const path = { id: account.id };
  const sessions = api.useQuery("get", SESSIONS, { params: { path } });
  const end = api.useMutation("delete", "/api/v1/accounts/people/{id}/sessions/{session_id}/", {
    onSuccess: () => {
      notifyDone("Zakończono sesję.");
    },
    onError: notifyRefused,
  });

  return (
    <Stack align="flex-start">
      <ProblemAlert error={sessions.error} retry={() => void sessions.refetch()} />
      {sessions.isPending && <Skeleton height={60} />}
      {sessions.data?.length === 0 && <Text>Ta osoba nie jest teraz nigdzie zalogowana.</Text>}
      {sessions.data && sessions.data.length > 0 && (
        <>
          <SessionRows
            sessions={sessions.data}
            end={({ id }) => end.mutate({ params: { path: { ...path, session_id: id } } })}
          />
          <EndAll account={account} />
        </>
      )}
    </Stack>
  );
}

function EndAll({ account }: { account: Account }) {
  const [isAsked, question] = useDisclosure(false);
  const endAll = api.useMutation("delete", SESSIONS, {
    onSuccess: () => {
      question.close();
      notifyDone("Zakończono wszystkie sesje tej osoby.");
    },
  });
  return (
    <>
      <Button variant="default" onClick={question.open}>
        Zakończ wszystkie
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        title={`Zakończyć wszystkie sesje: ${account.name}?`}
        confirmLabel="Zakończ wszystkie"
        isDangerous
        isWorking={endAll.isPending}
        error={endAll.error}
        onConfirm={() => endAll.mutate({ params: { path: { id: account.id } } })}
        onClose={question.close}
      >
        Ta osoba będzie musiała zalogować się od nowa. Jeśli ktoś mógł poznać jej hasło, wyślij jej też odnośnik do
        nowego.
      </ConfirmDialog>
    </>
  );
}
