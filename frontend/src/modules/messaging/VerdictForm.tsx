import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { IconArrowBackUp, IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import type { Schemas } from "@/api/client";
import { ProblemAlert } from "@/ui/ProblemAlert";

type Verdict = Schemas["VerdictEnum"];

interface VerdictFormProps {
  isWorking: boolean;
  error: unknown;
  onDecide: (verdict: Verdict, reason: string) => void;
}

/** Accepting with one press, or giving back with a reason; both fit a thumb. */
export function VerdictForm({ isWorking, error, onDecide }: VerdictFormProps) {
  const [isReturning, setIsReturning] = useState(false);
  const [reason, setReason] = useState("");
  const [isMissing, setIsMissing] = useState(false);

  if (!isReturning) {
    return (
      <Stack>
        <ProblemAlert title="Nie zapisano" error={error} />
        <Text>Wyjdzie dokładnie ta treść i tylko do tych odbiorców. Niczego nie można tu zmienić.</Text>
        <Group>
          <Button
            size="md"
            loading={isWorking}
            leftSection={<IconCheck size={20} aria-hidden />}
            onClick={() => onDecide("accept", "")}
          >
            Akceptuj
          </Button>
          <Button
            size="md"
            variant="default"
            disabled={isWorking}
            leftSection={<IconArrowBackUp size={20} aria-hidden />}
            onClick={() => setIsReturning(true)}
          >
            Zwróć autorowi
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsMissing(!reason.trim());
        if (reason.trim()) {
          onDecide("return", reason.trim());
        }
      }}
    >
      <Stack>
        <ProblemAlert title="Nie zapisano" error={error} />
        <Textarea
          id="reason"
          label="Co trzeba zmienić"
          description="Autor zobaczy te słowa i poprawi wiadomość."
          required
          autosize
          minRows={3}
          data-autofocus
          value={reason}
          error={isMissing && !reason.trim() ? "Napisz, dlaczego zwracasz wiadomość." : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group>
          <Button type="submit" size="md" color="danger" loading={isWorking}>
            Zwróć
          </Button>
          <Button size="md" variant="default" disabled={isWorking} onClick={() => setIsReturning(false)}>
            Wróć
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
