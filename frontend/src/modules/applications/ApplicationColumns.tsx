import { Text } from "@mantine/core";
import type { Column } from "@/ui/DataTable";
import { formatDateTime, unbroken } from "@/ui/format";
import { RelativeDue } from "@/ui/RelativeDue";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import { type Application, moverOf, resultOf } from "./nouns";

/** What every list of applications shows of one: title, stage, whose move it is, until when. */
export function titled<Row extends Application = Application>(under: (one: Row) => string): Column<Row> {
  return {
    id: "application",
    header: "Wniosek",
    render: (one) => (
      <>
        <TextLink to={`/procedures/cases/${one.case}`} fw={600}>
          {one.title}
        </TextLink>
        <Text size="sm" c="dimmed" fw={400}>
          {unbroken([one.sign, under(one)].filter(Boolean).join(" · "))}
        </Text>
      </>
    ),
  };
}

export const WHERE_IT_STANDS: readonly Column<Application>[] = [
  {
    id: "stage",
    header: "Etap",
    phone: "bare",
    render: (one) => {
      const result = resultOf(one);
      return (
        <>
          {one.stage} {result && <StatusBadge tone={result.tone}>{result.text}</StatusBadge>}
        </>
      );
    },
  },
  { id: "mover", header: "Czyj ruch", render: moverOf },
  {
    id: "due",
    header: "Termin",
    phone: "bare",
    ordering: "due_at",
    render: ({ ball }) => (ball.due_at === null ? null : <RelativeDue at={ball.due_at} />),
  },
  {
    id: "submitted",
    header: "Złożono",
    phone: "none",
    ordering: "submitted_at",
    render: ({ submitted_at }) => (submitted_at === null ? null : formatDateTime(submitted_at)),
  },
];
