import { Text } from "@mantine/core";
import { asProblem } from "@/api/problem";
import { formatDateTime } from "@/ui/format";

/** Whether a change was refused because what it was made from is no longer what stands there. */
export const isOvertaken = (error: unknown): boolean => error !== null && asProblem(error).code === "changed_meanwhile";

/** Who changed it meanwhile, what and when, as far as the reader may know. */
export function OvertakenNote({ error }: { error: unknown }) {
  const { changes } = asProblem(error);
  if (!changes) {
    return <Text>Zmieniono to po tym, jak otworzono tę stronę.</Text>;
  }
  const when = formatDateTime(changes.at);
  const what = changes.what && ` (${changes.what})`;
  if (changes.is_own) {
    return (
      <Text>
        Zmieniono w innej karcie, {when}
        {what}.
      </Text>
    );
  }
  return (
    <Text>
      {changes.who ? `${changes.who}, ${when}` : `Zmieniono to ${when}`}
      {what}.
    </Text>
  );
}
