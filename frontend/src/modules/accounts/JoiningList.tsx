import { Button, Text } from "@mantine/core";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { formatDateTime } from "@/ui/format";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { StatusBadge } from "@/ui/StatusBadge";
import { INVITES } from "./accounts";
import { type Joining, STATES } from "./joinings";
import classes from "./Rows.module.css";

/** Who was asked into the places of this person and has not answered yet; nothing where nobody was. */
export function JoiningList() {
  const { may } = useSession();
  const joinings = api.useQuery("get", "/api/v1/accounts/joinings/", {
    params: { query: { is_open: true, page_size: 100 } },
  });
  const rows = joinings.data?.results ?? [];
  return (
    rows.length > 0 && (
      <Panel title="Czekają na zgodę" mb="md">
        <ul className={classes.list}>
          {rows.map((joining) => (
            <Row key={joining.id} joining={joining} mayWithdraw={INVITES.some(may)} />
          ))}
        </ul>
      </Panel>
    )
  );
}

function Row({ joining, mayWithdraw }: { joining: Joining; mayWithdraw: boolean }) {
  const { id, name, email, scope, role, state, asker, expires_at: expiresAt } = joining;
  const withdraw = api.useMutation("post", "/api/v1/accounts/joinings/{id}/withdraw/", {
    meta: { isRereadWhenRefused: true },
    onSuccess: () => {
      notifyDone(`Wycofano prośbę do: ${name}.`);
    },
    onError: notifyRefused,
  });
  const { word, tone } = STATES[state];
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          {email}
        </Text>
        <Text size="sm">
          {scope.name}, {role ? `rola: ${role.name}` : "bez roli"}
        </Text>
        <Text size="sm" c="dimmed">
          prosi {asker}, do {formatDateTime(expiresAt)}
        </Text>
      </div>
      <StatusBadge tone={tone}>{word}</StatusBadge>
      {mayWithdraw && (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={`Wycofaj prośbę: ${name}`}
          loading={withdraw.isPending}
          onClick={() => withdraw.mutate({ params: { path: { id } } })}
        >
          Wycofaj
        </Button>
      )}
    </li>
  );
}
