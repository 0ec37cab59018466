import { Alert, Button, Group, List, Stack, Table, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { api, type Schemas } from "@/api/client";
import { ButtonLink } from "@/ui/ButtonLink";
import { DownloadButton } from "@/ui/DownloadButton";
import { counted } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { ReadingDrop } from "@/ui/ReadingDrop";
import { useReading } from "@/ui/useReading";
import { READING } from "@/ui/widths";

type Report = Schemas["InvitationReportOut"];

const ENDINGS = [".xlsx"];

const people = (count: number) => counted(count, "osoba", "osoby", "osób");

/** Heads and accountants of many units invited from one workbook: a check first, then the invitations. */
export function BulkInvitation() {
  const check = api.useMutation("post", "/api/v1/accounts/invitations/", { meta: { refreshes: [] } });
  const send = api.useMutation("post", "/api/v1/accounts/invitations/", {
    meta: { refreshes: ["/api/v1/accounts/", "/api/v1/files/readings/"] },
    onSuccess: () => reading.finish(),
  });
  const reading = useReading({
    purpose: "accounts.invitations",
    endings: ENDINGS,
    onChange: () => {
      check.reset();
      send.reset();
    },
    onRead: (file) => check.mutate({ body: { file, is_dry_run: true } }),
  });
  const { file } = reading;
  const checked = file || send.data ? check.data : undefined;
  const fit = checked ? checked.invited + checked.joined + checked.asked : 0;

  return (
    <>
      <PageHeader
        title="Zaproś wiele osób"
        description="Z jednego arkusza: po wierszu na osobę. Najpierw zobaczysz, kogo zaproszenie obejmie, a kogo nie i dlaczego."
        back={{ to: "/accounts/people", label: "Osoby" }}
      />
      <Stack maw={READING}>
        <Panel
          title="1. Arkusz"
          actions={<DownloadButton href="/api/v1/accounts/invitations/template/">Pobierz wzór</DownloadButton>}
        >
          <Stack>
            <Text>
              Kolumny: jednostka (numer RSPO albo nazwa skrócona), imię, nazwisko, e-mail i rola; stanowisko i telefon
              nie są konieczne. Rola działa w tej jednostce.
            </Text>
            <ReadingDrop
              label="Arkusz z osobami"
              endings={ENDINGS}
              reading={reading}
              refused="Nie udało się odczytać arkusza"
            />
          </Stack>
        </Panel>
        <ProblemAlert
          title="Nie udało się sprawdzić listy"
          error={file ? check.error : null}
          retry={file ? () => check.mutate({ body: { file, is_dry_run: true } }) : undefined}
        />
        <div role="status">
          {check.isPending && <Text>Sprawdzam listę…</Text>}
          {checked && !send.data && <Text fw={600}>{verdict(checked)}</Text>}
        </div>
        {checked && !send.data && (
          <Panel title="2. Sprawdzenie">
            <Stack>
              <Summary
                report={checked}
                words={{
                  invited: "dostanie zaproszenie",
                  joined: "ma już konto i zyska rolę",
                  asked: "dostanie prośbę i dołączy, gdy się zgodzi",
                }}
              />
              <ProblemAlert title="Nie wysłano zaproszeń" error={send.error} />
              {fit > 0 && file && (
                <Group justify="flex-end">
                  <Button loading={send.isPending} onClick={() => send.mutate({ body: { file, is_dry_run: false } })}>
                    Zaproś: {people(fit)}
                  </Button>
                </Group>
              )}
            </Stack>
          </Panel>
        )}
        {send.data && (
          <Panel title="2. Gotowe" actions={<ButtonLink to="/accounts/people">Pokaż osoby</ButtonLink>}>
            <Stack>
              <Alert
                color="success"
                icon={<IconCircleCheck aria-hidden />}
                title="Zaproszenia są w drodze"
                role="status"
              >
                Odnośniki w listach wygasają.{" "}
                {send.data.asked > 0
                  ? "Na liście osób widać, kto jeszcze nie odpowiedział."
                  : "Zaproszenie można powtórzyć na stronie osoby."}
              </Alert>
              <Summary
                report={send.data}
                words={{
                  invited: "dostaje zaproszenie",
                  joined: "miało już konto i zyskało rolę",
                  asked: "dostaje prośbę i dołączy, gdy się zgodzi",
                }}
              />
            </Stack>
          </Panel>
        )}
      </Stack>
    </>
  );
}

function verdict({ invited, joined, asked, refused }: Report): string {
  if (invited + joined + asked === 0) {
    return "Z tego arkusza nie da się nikogo zaprosić. Popraw go i wybierz ponownie.";
  }
  return refused.length === 0 ? "Wszystkie wiersze są w porządku." : "Część wierszy zostanie pominięta.";
}

function Summary({ report, words }: { report: Report; words: { invited: string; joined: string; asked: string } }) {
  return (
    <>
      <List>
        {(report.invited > 0 || report.asked === 0) && (
          <List.Item>
            {people(report.invited)} – {words.invited}
          </List.Item>
        )}
        {report.asked > 0 && (
          <List.Item>
            {people(report.asked)} – {words.asked}
          </List.Item>
        )}
        {report.joined > 0 && (
          <List.Item>
            {people(report.joined)} – {words.joined}
          </List.Item>
        )}
        {report.refused.length > 0 && (
          <List.Item>
            {counted(report.refused.length, "wiersz pominięty", "wiersze pominięte", "wierszy pominiętych")}
          </List.Item>
        )}
      </List>
      {report.refused.length > 0 && (
        <Table aria-label="Pominięte wiersze" style={{ overflowWrap: "anywhere" }}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th style={{ whiteSpace: "nowrap" }}>Wiersz</Table.Th>
              <Table.Th>Kto i dlaczego</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.refused.map(({ row, email, reason }) => (
              <Table.Tr key={`${row} ${email}`}>
                <Table.Td>{row}</Table.Td>
                <Table.Td>
                  <strong>{email || "bez adresu"}</strong>
                  <br />
                  {reason}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  );
}
