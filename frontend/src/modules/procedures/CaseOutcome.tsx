import { Paper, Stack, Text } from "@mantine/core";
import { formatDate } from "@/ui/format";
import classes from "./CaseOutcome.module.css";
import type { CaseDetails } from "./nouns";

/** What came of the matter so far, and why: both before anything that can be pressed. */
export function CaseOutcome({ matter }: { matter: CaseDetails }) {
  const found = matter.findings.filter(({ value }) => value !== matter.why?.sentence);
  // What was asked for stands in the strip above, until there is more to tell.
  const told = found.every(({ code }) => code === "requested") ? [] : found;
  if (!matter.why && told.length === 0) {
    return null;
  }
  return (
    <Paper>
      <Stack>
        <Why matter={matter} />
        {told.length > 0 && (
          <dl className={classes.findings} aria-label="Co ustalono">
            {told.map(({ code, label, value, stage }) => (
              <div key={`${stage} ${code}`} data-code={code}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </Stack>
    </Paper>
  );
}

/** What was said when the matter came to where it stands: what has to be corrected, why it was refused. */
function Why({ matter: { why } }: { matter: CaseDetails }) {
  return (
    why && (
      <section className={classes.why} aria-label="Dlaczego">
        <Text size="sm" c="dimmed">
          {why.label} · {why.by}, {formatDate(why.at)}
        </Text>
        <Text className={classes.sentence}>{why.sentence}</Text>
      </section>
    )
  );
}
