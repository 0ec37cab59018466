import { Button, Group, Modal, Stack, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { OvertakenNote } from "@/ui/OvertakenNote";

/** One field that the other one changed, in words. */
export interface Differing {
  label: string;
  now: string;
  /** What the person has typed there; null where nothing. */
  mine: string | null;
}

interface OvertakenDialogProps {
  error: unknown;
  isOpen: boolean;
  differing: readonly Differing[];
  /** False while what stands there now is not known: then only a reload helps. */
  isKnown?: boolean;
  takeTheirs: () => void;
  keepMine: () => void;
  children?: ReactNode;
}

/** Somebody was faster: what they changed, and whose is to stand. Nothing that was typed is lost before the choice. */
export function OvertakenDialog(props: OvertakenDialogProps) {
  const { error, isOpen, differing, isKnown = true, takeTheirs, keepMine, children } = props;
  return (
    <Modal
      opened={isOpen}
      onClose={() => undefined}
      title="Zmieniono to w międzyczasie"
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size="lg"
    >
      {isOpen && (
        <Stack>
          <OvertakenNote error={error} />
          {differing.length > 0 && (
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">Pole</Table.Th>
                  <Table.Th scope="col">Teraz zapisane</Table.Th>
                  <Table.Th scope="col">Wpisane przez Ciebie</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {differing.map(({ label, now, mine }) => (
                  <Table.Tr key={label}>
                    <Table.Th scope="row">{label}</Table.Th>
                    <Table.Td>{now}</Table.Td>
                    <Table.Td>{mine ?? "bez zmian"}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
          {children}
          <Text size="sm" c="dimmed">
            {isKnown
              ? "Twoich zmian jeszcze nie zapisano. Zachowane zapiszesz jeszcze raz; w pozostałych polach zostanie to, co zapisała druga strona."
              : "Twoich zmian nie zapisano. Odśwież stronę, żeby zobaczyć, co jest zapisane teraz."}
          </Text>
          <Group justify="flex-end">
            {isKnown && (
              <Button variant="default" onClick={keepMine}>
                Zachowaj moje zmiany
              </Button>
            )}
            <Button onClick={takeTheirs} data-autofocus>
              {isKnown ? "Wczytaj tamte zmiany" : "Odśwież stronę"}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
