import { Button, Skeleton, Stack, Text } from "@mantine/core";
import { api } from "@/api/client";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { SessionRows } from "./SessionRows";

const SESSIONS = "/api/v1/accounts/account/sessions/";

/** The browsers one is signed in with; each can be signed out from here. */
export function OwnSessions() {
  const sessions = api.useQuery("get", SESSIONS, {});
  const told = (message: string) => () => {
    notifyDone(message);
  };
  const end = api.useMutation("delete", "/api/v1/accounts/account/sessions/{id}/", {
    onSuccess: told("Zakończono sesję."),
    onError: notifyRefused,
  });
  const endOthers = api.useMutation("delete", SESSIONS, {
    onSuccess: told("Zakończono wszystkie inne sesje."),
    onError: notifyRefused,
  });
  const hasOthers = sessions.data?.some(({ is_current }) => !is_current);

  return (
    <Panel
      title="Sesje"
      actions={
        hasOthers && (
          <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate({})}>
            Zakończ wszystkie inne
          </Button>
        )
      }
    >
      <Stack>
        <Text c="dimmed">
          Przeglądarki, w których działa teraz Twoje konto. Nie znasz którejś? Zakończ ją i zmień hasło.
        </Text>
        <ProblemAlert error={sessions.error} retry={() => void sessions.refetch()} />
        {sessions.isPending && <Skeleton height={60} />}
        {sessions.data && (
          <SessionRows sessions={sessions.data} end={({ id }) => end.mutate({ params: { path: { id } } })} />
        )}
      </Stack>
    </Panel>
  );
}
