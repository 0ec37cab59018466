import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { toldProblem } from "@/api/problem";

interface ProblemAlertProps {
  /** What a query or a mutation failed with; nothing is drawn for null. */
  error: unknown;
  title?: string;
  retry?: () => void;
}

/** A refusal in Polish: what is wrong, where, what to do. Read out at once by screen readers. */
export function ProblemAlert({ error, title = "Nie udało się", retry }: ProblemAlertProps) {
  const problem = toldProblem(error);
  if (!problem) {
    return null;
  }
  return (
    <Alert color="danger" icon={<IconAlertTriangle aria-hidden />} title={title} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text c="var(--mantine-color-text)">{problem.detail}</Text>
        {problem.fields.length > 0 && (
          <ul>
            {problem.fields.map(({ field, detail }) => (
              <li key={`${field} ${detail}`}>{detail}</li>
            ))}
          </ul>
        )}
        {retry && (
          <Button variant="default" size="sm" onClick={retry}>
            Spróbuj ponownie
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
