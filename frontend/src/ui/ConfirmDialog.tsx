import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { ProblemAlert } from "@/ui/ProblemAlert";

interface ConfirmDialogProps {
  isOpen: boolean;
  /** A question: "Wysłać do 119 jednostek?" */
  title: string;
  /** What will happen, and whether it can be taken back. */
  children: ReactNode;
  /** The deed itself: "Wyślij", never "OK". */
  confirmLabel: string;
  isDangerous?: boolean;
  isWorking?: boolean;
  /** Whether what the deed needs has been chosen. */
  isReady?: boolean;
  error?: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before a deed that cannot be taken back; stays open with the reason when the server refuses. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title={props.title}>
      <Stack>
        <div>{props.children}</div>
        <ProblemAlert error={props.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            Anuluj
          </Button>
          <Button
            color={props.isDangerous ? "danger" : undefined}
            loading={props.isWorking}
            disabled={props.isReady === false}
            onClick={props.onConfirm}
            data-autofocus
          >
            {props.confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
