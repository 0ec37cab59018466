import { Text } from "@mantine/core";
import { api } from "@/api/client";
import { formatDateTime } from "@/ui/format";
import { Panel } from "@/ui/Panel";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import { type Motion, STATES } from "./motions";
import classes from "./Rows.module.css";

interface MotionListProps {
  kind?: Motion["kind"];
  person?: string;
  mb?: "md" | 0;
}

/** What waits for a second person, as far as this one sees it; nothing where nothing waits. */
export function MotionList({ kind, person, mb = "md" }: MotionListProps) {
  const motions = api.useQuery("get", "/api/v1/accounts/motions/", {
    params: { query: { is_open: true, page_size: 100, ...(kind && { kind }), ...(person && { person }) } },
  });
  const rows = motions.data?.results ?? [];
  return (
    rows.length > 0 && (
      <Panel title="Czekają na drugą osobę" mb={mb}>
        <ul className={classes.list}>
          {rows.map(({ id, title, proposer, created_at: since, state }) => (
            <li key={id} className={classes.row}>
              <div className={classes.what}>
                <TextLink to={`/accounts/motions/${id}`} fw={600}>
                  {title}
                </TextLink>
                <Text size="sm" c="dimmed">
                  proponuje {proposer.name}, od {formatDateTime(since)}
                </Text>
              </div>
              <StatusBadge tone={STATES[state].tone}>{STATES[state].word}</StatusBadge>
            </li>
          ))}
        </ul>
      </Panel>
    )
  );
}
