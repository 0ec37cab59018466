import { Text } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useNavigate } from "react-router";
import { api, type Schemas } from "@/api/client";
import classes from "@/app/Bell.module.css";
import { HeaderPanel } from "@/app/HeaderPanel";
import shell from "@/app/Shell.module.css";
import { counted, formatDateTime } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";

const EVERY_MINUTE = 60_000;

/** How many notifications are unread, and the newest of them. */
export function Bell() {
  const count = api.useQuery("get", "/api/v1/notifications/count/", {}, { refetchInterval: EVERY_MINUTE });
  const unread = count.data?.unread ?? 0;
  return (
    <HeaderPanel
      title="Powiadomienia"
      buttonLabel={unread === 0 ? "Powiadomienia" : `Powiadomienia: ${counted(unread, "nowe", "nowe", "nowych")}`}
      buttonClassName={`${shell.tool} ${shell.bell}`}
      face={
        <>
          <IconBell aria-hidden />
          {unread > 0 && <span className={shell.count}>{unread > 99 ? "99+" : unread}</span>}
        </>
      }
    >
      {(close) => <Newest onLeave={close} />}
    </HeaderPanel>
  );
}

function Newest({ onLeave }: { onLeave: () => void }) {
  const navigate = useNavigate();
  const newest = api.useQuery(
    "get",
    "/api/v1/notifications/",
    { params: { query: { page_size: 20 } } },
    { staleTime: 0 },
  );
  const read = api.useMutation("post", "/api/v1/notifications/{id}/read/", { meta: { isRereadWhenRefused: true } });

  const open = ({ id, url, read_at }: Schemas["NotificationOut"]) => {
    if (read_at === null) {
      read.mutate({ params: { path: { id } } });
    }
    onLeave();
    void navigate(url);
  };

  if (!newest.data) {
    return newest.error ? <ProblemAlert error={newest.error} /> : <Text c="dimmed">Wczytywanie…</Text>;
  }
  if (newest.data.results.length === 0) {
    return <Text c="dimmed">Nie ma powiadomień. Tu pojawią się nowe wiadomości i odpowiedzi.</Text>;
  }
  return (
    <ul className={classes.list} aria-label="Najnowsze powiadomienia">
      {newest.data.results.map((notification) => (
        <li key={notification.id}>
          <button type="button" className={classes.link} onClick={() => open(notification)}>
            <span className={notification.read_at === null ? classes.unread : undefined}>{notification.title}</span>
            <Text span display="block" size="sm" c="dimmed">
              {formatDateTime(notification.created_at)}
            </Text>
          </button>
        </li>
      ))}
    </ul>
  );
}
