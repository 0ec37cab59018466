import { Alert, Anchor, List, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { toldProblem } from "@/api/problem";
import { namedOnce } from "@/ui/namedOnce";

interface FormErrorSummaryProps {
  /** What saving failed with; nothing is drawn for null. */
  error: unknown;
  title?: string;
  /** The label of each field by its name in the API; the input's `id` is that name too. */
  labels: Readonly<Partial<Record<string, string>>>;
}

/** Above a form that was refused: the reason, and a link to every field that is wrong. Takes the focus when it appears. */
export function FormErrorSummary({ error, labels, title = "Formularz wymaga poprawek" }: FormErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);

  const problem = toldProblem(error);
  useEffect(() => {
    if (error) {
      box.current?.focus();
    }
  }, [error]);

  if (!problem) {
    return null;
  }
  const [only] = problem.fields;
  const isSaidByField = problem.fields.length === 1 && only?.detail === problem.detail;
  return (
    <Alert ref={box} tabIndex={-1} role="alert" color="danger" icon={<IconAlertTriangle aria-hidden />} title={title}>
      {!isSaidByField && <Text c="var(--mantine-color-text)">{problem.detail}</Text>}
      {problem.fields.length > 0 && (
        <List mt="xs">
          {problem.fields.map(({ field, detail }) => {
            const name = Object.keys(labels).find((known) => field === known || field.startsWith(`${known}.`));
            return (
              <List.Item key={`${field} ${detail}`}>
                {name === undefined ? (
                  detail
                ) : (
                  <Anchor
                    href={`#${name}`}
                    underline="always"
                    onClick={(event) => {
                      event.preventDefault();
                      document.getElementById(name)?.focus();
                    }}
                  >
                    {namedOnce(labels[name] ?? "", detail)}
                  </Anchor>
                )}
              </List.Item>
            );
          })}
        </List>
      )}
    </Alert>
  );
}
