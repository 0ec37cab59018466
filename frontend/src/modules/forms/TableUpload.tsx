import { Alert, Button, Checkbox, Group, List, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api, type Schemas } from "@/api/client";
import { DownloadButton } from "@/ui/DownloadButton";
import { FileDrop } from "@/ui/FileDrop";
import { counted, plural } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { useUploads } from "@/ui/useUploads";

type Report = Schemas["TableUploadOut"];

const ENDINGS = [".xlsx", ".xls", ".ods", ".csv"];

/** Fills a table from a workbook: first what would happen, then the deed. */
export function TableUpload({ table }: { table: Schemas["UnitTableOut"] }) {
  const uploads = useUploads({ endings: ENDINGS });
  const [removesOthers, setRemovesOthers] = useState(false);
  const file = uploads.stored.at(-1);
  const params = { path: { id: table.id } };
  const trial = api.useMutation("post", "/api/v1/forms/tables/{id}/upload/", { meta: { refreshes: [] } });
  const deed = api.useMutation("post", "/api/v1/forms/tables/{id}/upload/", {
    onSuccess: ({ added, changed }) => {
      trial.reset();
      uploads.clear();
      notifyDone(`Wczytano tabelę: nowe wiersze ${added}, zmienione ${changed}.`);
    },
  });
  const send = (dry_run: boolean) =>
    file && {
      params,
      body: { file: file.id, removes_others: removesOthers, dry_run },
    };

  return (
    <Panel
      title="Wczytaj z arkusza"
      actions={<DownloadButton href={`/api/v1/forms/tables/${table.id}/template/`}>Wzór xlsx</DownloadButton>}
    >
      <Stack>
        <ProblemAlert error={trial.error ?? deed.error} title="Nie wczytano arkusza" />
        <FileDrop
          label="Arkusz"
          description="Jeden wiersz na jednostkę: numer RSPO albo nazwa skrócona, potem kolumny tabeli."
          uploads={uploads}
          accept={ENDINGS.join(",")}
          isSingle
        />
        <Checkbox
          label="Usuń z tabeli jednostki, których nie ma w arkuszu"
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
            loading={uploads.isSending || trial.isPending}
            onClick={() => {
              const body = send(true);
              if (body) {
                deed.reset();
                trial.mutate(body);
              }
            }}
          >
            Sprawdź arkusz
          </Button>
          {trial.data && (
            <Button
              loading={deed.isPending}
              disabled={!file || trial.data.rows === trial.data.refused.length}
              onClick={() => {
                const body = send(false);
                if (body) {
                  deed.mutate(body);
                }
              }}
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
