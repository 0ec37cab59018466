import { Alert, Button, Modal, Stack, Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertTriangle, IconPlus } from "@tabler/icons-react";
import { api } from "@/api/client";
import { FactStrip } from "@/ui/FactStrip";
import { formatMoney } from "@/ui/format";
import { InvoiceForm } from "@/ui/invoices/InvoiceForm";
import { InvoiceRow } from "@/ui/invoices/InvoiceRow";
import type { Settlement } from "@/ui/invoices/words";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";

type Line = Settlement["lines"][number];

interface InvoicesProps {
  /** Whose money it is, as the server names it: "procedures.case". */
  kind: string;
  id: string;
}

/** The invoices of a matter against the budget that was applied for: entered on one side, accepted on the other. */
export function Invoices({ kind, id }: InvoicesProps) {
  const found = api.useQuery("get", "/api/v1/invoices/about/{kind}/{id}/", { params: { path: { kind, id } } });
  const [isOpen, dialog] = useDisclosure(false);
  const told = found.data;
  return (
    <Panel
      title="Kosztorys i faktury"
      actions={
        told?.can.includes("enter") && (
          <Button variant="default" leftSection={<IconPlus size={18} aria-hidden />} onClick={dialog.open}>
            Dodaj fakturę
          </Button>
        )
      }
    >
      <Stack>
        <ProblemAlert error={found.error} title="Nie udało się wczytać faktur" retry={() => void found.refetch()} />
        {told && <Told settlement={told} />}
      </Stack>
      <Modal opened={isOpen} onClose={dialog.close} title="Dodaj fakturę" size="lg">
        {isOpen && told && <InvoiceForm kind={kind} id={id} settlement={told} onClose={dialog.close} />}
      </Modal>
    </Panel>
  );
}

function Told({ settlement }: { settlement: Settlement }) {
  const waiting = settlement.invoices.filter(({ state }) => state === "waiting").length;
  return (
    <>
      {settlement.closed && <Text>{settlement.closed}</Text>}
      <FactStrip
        facts={[
          { name: "Przyznano", value: formatMoney(settlement.granted) },
          { name: "Na fakturach", value: formatMoney(settlement.invoiced) },
          { name: "Rozliczono", value: formatMoney(settlement.settled) },
          { name: "Zwrócono", value: Number(settlement.returned) > 0 && formatMoney(settlement.returned) },
          { name: "Zostało", value: formatMoney(settlement.left) },
        ]}
      />
      {settlement.side === "office" && waiting > 0 && (
        <Alert color="caution" icon={<IconAlertTriangle aria-hidden />} title={`Faktury do sprawdzenia: ${waiting}`}>
          <Text c="var(--mantine-color-text)">Każdą przyjmij albo zwróć z powodem. Potem można rozliczyć sprawę.</Text>
        </Alert>
      )}
      {settlement.lines.length > 0 && <Budget settlement={settlement} />}
      {settlement.invoices.length === 0 ? (
        <Text c="dimmed">
          {settlement.can.includes("enter")
            ? "Nie ma jeszcze żadnej faktury. Dodaj plik z KSeF albo wpisz dane z papieru."
            : "Nie ma jeszcze żadnej faktury."}
        </Text>
      ) : (
        <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }} aria-label="Faktury">
          {settlement.invoices.map((one) => (
            <InvoiceRow key={one.id} invoice={one} />
          ))}
        </Stack>
      )}
    </>
  );
}

/** "877,00 zł", or by how much a line is exceeded. */
const leftIn = ({ left }: Line) => (Number(left) < 0 ? `ponad plan ${formatMoney(-Number(left))}` : formatMoney(left));

/** What was planned line by line, and what of it is spent; on a phone each line is told in words. */
function Budget({ settlement }: { settlement: Settlement }) {
  return (
    <>
      <BudgetTable settlement={settlement} />
      <Stack component="ul" hiddenFrom="sm" gap="xs" m={0} p={0} style={{ listStyle: "none" }} aria-label="Pozycje">
        {settlement.lines.map((line) => (
          <li key={line.key}>
            <Text fw={600}>{line.name}</Text>
            <Text size="sm">
              Plan {formatMoney(line.planned)}, faktury {formatMoney(line.invoiced)},{" "}
              {Number(line.left) < 0 ? leftIn(line) : `zostało ${leftIn(line)}`}
            </Text>
          </li>
        ))}
      </Stack>
    </>
  );
}

function BudgetTable({ settlement }: { settlement: Settlement }) {
  return (
    <Table.ScrollContainer
      minWidth={280}
      visibleFrom="sm"
      type="native"
      tabIndex={0}
      role="region"
      aria-label="Tabela kosztorysu"
    >
      <Table aria-label="Kosztorys">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Pozycja</Table.Th>
            <Table.Th scope="col" ta="right">
              Plan
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Faktury
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Zostało
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {settlement.lines.map((line) => (
            <Table.Tr key={line.key}>
              <Table.Th scope="row" fw={400}>
                {line.name}
              </Table.Th>
              <Table.Td ta="right">{formatMoney(line.planned)}</Table.Td>
              <Table.Td ta="right">{formatMoney(line.invoiced)}</Table.Td>
              <Table.Td ta="right">{leftIn(line)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
