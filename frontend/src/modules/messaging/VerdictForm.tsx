import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { IconArrowBackUp, IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import type { Schemas } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { useEdit } from "@/ui/useEdit";

type Verdict = Schemas["VerdictEnum"];

interface VerdictFormProps {
  /** Whether the message leaves as soon as it is accepted here; otherwise somebody else accepts it after. */
  sends: boolean;
  isWorking: boolean;
  error: unknown;
  onDecide: (verdict: Verdict, reason: string) => void;
}

const LABELS = { reason: "Co trzeba zmienić" };

/** Accepting with one press, or giving back with a reason; both fit a thumb. */
export function VerdictForm({ sends, isWorking, error, onDecide }: VerdictFormProps) {
  const [isReturning, setIsReturning] = useState(false);
  const form = useEdit({
    begin: { reason: "" },
    labels: LABELS,
    saving: [{ error, isPending: isWorking }],
  });

  if (!isReturning) {
    return (
      <Stack>
        <ProblemAlert title="Nie zapisano" error={error} />
        <Text>
          {sends
            ? "Wyjdzie od razu dokładnie ta treść i tylko do tych adresatów."
            : "Po Tobie zaakceptuje ją jeszcze następna osoba; potem wyjdzie dokładnie ta treść i tylko do tych adresatów."}{" "}
          Niczego nie można tu zmienić.
        </Text>
        <Group>
          <Button
            size="md"
            loading={isWorking}
            leftSection={<IconCheck size={20} aria-hidden />}
            onClick={() => onDecide("accept", "")}
          >
            {sends ? "Akceptuj i wyślij" : "Akceptuj"}
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
    <EditForm
      form={form}
      refused="Nie zapisano"
      save="Zwróć"
      press={{ color: "danger" }}
      cancel={() => setIsReturning(false)}
      cancelWord="Wróć"
      onSave={({ reason }) => onDecide("return", reason.trim())}
    >
      <Textarea
        {...form.input("reason")}
        description="Autor zobaczy te słowa i poprawi wiadomość."
        required
        autosize
        minRows={3}
        data-autofocus
      />
    </EditForm>
  );
}
