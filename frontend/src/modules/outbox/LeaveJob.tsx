import { Button, Stack, Text, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { api } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { errorOf } from "@/ui/fieldErrors";
import { notifyDone } from "@/ui/notify";

interface LeaveJobProps {
  id: string;
  /** What is left undone, for whoever hears the button. */
  name: string;
}

/** Lets a job stay undone, for a reason that the log keeps. */
export function LeaveJob({ id, name }: LeaveJobProps) {
  const [isAsked, question] = useDisclosure(false);
  const [reason, setReason] = useState("");
  const leave = api.useMutation("post", "/api/v1/outbox/jobs/{id}/leave/", {
    onSuccess: () => {
      question.close();
      notifyDone("Zostawiono zadanie niewykonane.");
    },
  });
  return (
    <>
      <Button variant="subtle" size="compact-sm" aria-label={`Zostaw: ${name}`} onClick={question.open}>
        Zostaw
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        title="Zostawić to zadanie niewykonane?"
        confirmLabel="Zostaw"
        isWorking={leave.isPending}
        error={leave.error}
        onConfirm={() => leave.mutate({ params: { path: { id } }, body: { reason } })}
        onClose={question.close}
      >
        <Stack gap="sm">
          <Text>{name}</Text>
          <Textarea
            label="Dlaczego"
            description="Zapiszemy to w dzienniku zdarzeń."
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={errorOf(leave.error, "reason")}
            maxLength={500}
            autosize
            minRows={2}
            required
          />
        </Stack>
      </ConfirmDialog>
    </>
  );
}
