import { Button, Text } from "@mantine/core";
import { asProblem } from "@/api/problem";

interface UnreadChoicesProps {
  /** What the field chooses among, as its label says. */
  label: string;
  /** What the query of the choices failed with; nothing is drawn for null. */
  error: unknown;
  retry: () => void;
}

/** Below a field whose choices could not be read: an empty list would say that there are none. */
export function UnreadChoices({ label, error, retry }: UnreadChoicesProps) {
  if (!error) {
    return null;
  }
  return (
    <Text component="div" size="sm" c="var(--mantine-color-error)" role="alert">
      Nie udało się wczytać listy „{label}”. {asProblem(error).detail}{" "}
      <Button variant="subtle" size="compact-sm" onClick={retry}>
        Spróbuj ponownie
      </Button>
    </Text>
  );
}
