import { Text } from "@mantine/core";
import { formatDate } from "@/ui/format";
import { Panel } from "@/ui/Panel";
import { TextLink } from "@/ui/TextLink";
import type { ProcedureDetails } from "./nouns";
import classes from "./RevisionsPanel.module.css";

/** What was published and when, and the way to the matters that were left on older revisions. */
export function RevisionsPanel({ procedure }: { procedure: ProcedureDetails }) {
  const { id, revisions, can } = procedure;
  if (revisions.length === 0) {
    return null;
  }
  return (
    <Panel title="Wydania">
      <ul className={classes.list}>
        {revisions.map(({ number, published_at, published_by }) => (
          <li key={number}>
            Wydanie {number}{" "}
            <Text span size="sm" c="dimmed">
              {formatDate(published_at)}
              {published_by && `, ${published_by}`}
            </Text>
          </li>
        ))}
      </ul>
      {can.includes("publish") && revisions.length > 1 && (
        <TextLink to={`/procedures/procedures/${id}/move`} mt="sm">
          Przenieś sprawy ze starszych wydań
        </TextLink>
      )}
    </Panel>
  );
}
