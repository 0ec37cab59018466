import { Alert, Button, Checkbox, Group, List, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api, type Schemas } from "@/api/client";
import { DownloadButton } from "@/ui/DownloadButton";
import { counted, plural } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { ReadingDrop } from "@/ui/ReadingDrop";
import { useReading } from "@/ui/useReading";

type Report = Schemas["TableUploadOut"];

const ENDINGS = [".xlsx", ".xls", ".ods", ".csv"];

/** Fills a table from a workbook: first what would happen, then the deed. */
export function TableUpload({ table }: { table: Schemas["UnitTableOut"] }) {
  const [removesOthers, setRemovesOthers] = useState(false);
  const params = { path: { id: table.id } };
  const trial = api.useMutation("post", "/api/v1/forms/tables/{id}/upload/", { meta: { refreshes: [] } });
  const deed = api.useMutation("post", "/api/v1/forms/tables/{id}/upload/", {
    meta: { refreshes: ["/api/v1/forms/", "/api/v1/files/readings/"] },
    onSuccess: ({ added, changed }) => {
      trial.reset();
      reading.finish();
      notifyDone(`Wczytano tabelę: nowe wiersze ${added}, zmienione ${changed}.`);
    },
  });
  const body = (file: string, dry_run: boolean) => ({
    params,
    body: { file, removes_others: removesOthers, dry_run },
  });
  const reading = useReading({
    purpose: "forms.table",
    about: table.id,
    endings: ENDINGS,
    onChange: () => trial.reset(),
    onRead: (file) => {
      deed.reset();
      trial.mutate(body(file, true));
    },
  });
  const { file } = reading;

  return (
    <Panel
      title="Wczytaj z arkusza"
      actions={<DownloadButton href={`/api/v1/forms/tables/${table.id}/template/`}>Wzór xlsx</DownloadButton>}
    >
      <Stack>
        <ProblemAlert error={trial.error ?? deed.error} title="Nie wczytano arkusza" />
        <ReadingDrop
          label="Arkusz"
          description={
            table.keys.length > 0
              ? "Jeden wiersz na klucze: kolumny kluczy, „Obowiązuje od” (może być puste), potem kolumny tabeli."
              : "Jeden wiersz na jednostkę: numer RSPO albo nazwa skrócona, potem kolumny tabeli."
          }
          endings={ENDINGS}
          reading={reading}
          refused="Nie udało się odczytać arkusza"
        />
        <Checkbox
          label={
            table.keys.length > 0
              ? "Usuń z tabeli wiersze, których nie ma w arkuszu"
              : "Usuń z tabeli jednostki, których nie ma w arkuszu"
          }
          checked={removesOthers}
          onChange={(event) => {
            setRemovesOthers(event.currentTarget.checked);
            trial.reset();
          }}
        />
        {trial.data && <UploadReport report={trial.data} />}
        {deed.data && !trial.data && <UploadReport report={deed.data} />}
        <Group justify="flex-end">
          <Button
            variant={trial.data ? "default" : "filled"}
            disabled={!file}
            loading={reading.isUnderWay || trial.isPending}
            onClick={() => {
              if (file) {
                deed.reset();
                trial.mutate(body(file, true));
              }
            }}
          >
            Sprawdź arkusz
          </Button>
          {trial.data && (
            <Button
              loading={deed.isPending}
              disabled={!file || trial.data.rows === trial.data.refused.length}
              onClick={() => file && deed.mutate(body(file, false))}
            >
              Wczytaj
            </Button>
          )}
        </Group>
      </Stack>
    </Panel>
  );
}

function UploadReport({ report }: { report: Report }) {
  const { is_dry_run: isTrial, rows, added, changed, unchanged, removed, refused } = report;
  const parts = [
    `nowe: ${added}`,
    `zmienione: ${changed}`,
    `bez zmian: ${unchanged}`,
    ...(removed > 0 ? [`usunięte: ${removed}`] : []),
  ];
  return (
    <Alert
      color={refused.length > 0 ? "caution" : "success"}
      role="status"
      title={isTrial ? "Tak będzie po wczytaniu" : "Wczytano"}
    >
      <Text c="var(--mantine-color-text)">
        {counted(rows, "wiersz", "wiersze", "wierszy")} w arkuszu; {parts.join(", ")}.
      </Text>
      {refused.length > 0 && (
        <>
          <Text mt="xs" c="var(--mantine-color-text)">
            Nie {plural(refused.length, "wejdzie", "wejdą", "wejdzie")} do tabeli:
          </Text>
          <List size="sm" style={{ maxHeight: "16rem", overflowY: "auto" }}>
            {refused.map(({ row, unit, column, sentence }) => (
              <List.Item key={`${row} ${column} ${sentence}`} c="var(--mantine-color-text)">
                {[`wiersz ${row}`, unit, column].filter(Boolean).join(", ")}: {sentence}
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Alert>
  );
}
