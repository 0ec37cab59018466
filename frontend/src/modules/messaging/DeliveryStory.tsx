import { Button, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { api } from "@/api/client";
import { formatDateTime, plural } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { AnswerFate } from "./AnswerFate";
import classes from "./DeliveryStory.module.css";
import type { Delivery } from "./nouns";

/** A button that tells everything about one recipient: every person who opened the message, every version of the answer. */
export function DeliveryStory({ delivery }: { delivery: Delivery }) {
  const [isOpen, dialog] = useDisclosure(false);
  const { short_name: name } = delivery.recipient;
  return (
    <>
      <Button variant="subtle" size="compact-sm" ml={-8} aria-label={`Historia: ${name}`} onClick={dialog.open}>
        Historia
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={`Historia: ${name}`} size="lg">
        <Story id={delivery.id} />
      </Modal>
    </>
  );
}

function Story({ id }: { id: string }) {
  const story = api.useQuery("get", "/api/v1/messaging/deliveries/{id}/", { params: { path: { id } } });
  if (!story.data) {
    return story.error ? (
      <ProblemAlert error={story.error} retry={() => void story.refetch()} />
    ) : (
      <Text c="dimmed">Wczytywanie…</Text>
    );
  }
  const { delivered_at, reminded_at, readings, answers } = story.data;
  return (
    <Stack>
      <ul className={classes.list} aria-label="Przebieg">
        {delivered_at && <li>Doręczono {formatDateTime(delivered_at)}</li>}
        {readings.map(({ person, first_at, count }) => (
          <li key={`${person} ${first_at}`}>
            {person}: otwarto {formatDateTime(first_at)}
            {count > 1 && `, w sumie ${count} ${plural(count, "raz", "razy", "razy")}`}
          </li>
        ))}
        {reminded_at && <li>Ponaglono {formatDateTime(reminded_at)}</li>}
      </ul>
      {answers.length > 0 ? <AnswerFate answers={answers} /> : <Text c="dimmed">Nie ma jeszcze odpowiedzi.</Text>}
    </Stack>
  );
}
