import { Group, NativeSelect, Skeleton, Stack, Text } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { useParams, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { type Answers, asDefinition } from "@/ui/filling/definition";
import { Filler } from "@/ui/filling/Filler";
import { PrintButton } from "@/ui/filling/PrintButton";
import { asProjection } from "@/ui/filling/projection";
import { formatDateTime } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import type { Sheet } from "./nouns";
import classes from "./SheetVersions.module.css";
import { SHEET } from "./useSheet";

const DRAFT = "draft";

/** What was handed in and when, and what differs between two versions: who changed which answer, from what to what. */
export function SheetVersions() {
  const { id = "" } = useParams();
  const { data: sheet } = api.useSuspenseQuery("get", SHEET, { params: { path: { id } } });
  const [chosen, setChosen] = useSearchParams();
  const numbers = sheet.versions.map(({ number }) => number).toSorted((one, other) => other - one);
  const hasDraft = sheet.state === "draft";
  const newest = hasDraft ? DRAFT : String(numbers[0] ?? 1);
  const newer = chosen.get("newer") ?? newest;
  const older = chosen.get("older") ?? String(numbers.find((number) => String(number) !== newer) ?? "");

  const choose = (name: string, value: string) =>
    setChosen((before) => new URLSearchParams([...before].filter(([key]) => key !== name).concat([[name, value]])), {
      replace: true,
    });
  const versionChoices = sheet.versions.map((version) => ({
    value: String(version.number),
    label: versionInWords(version),
  }));

  return (
    <>
      <PageHeader
        title={`Wersje: ${asDefinition(sheet.definition).title || sheet.form.name}`}
        description={sheet.unit ? `${sheet.unit.short_name}, ${sheet.unit.name}` : undefined}
        back={{ to: `/forms/sheets/${id}`, label: "Formularz" }}
      />
      <Stack>
        <Panel title="Różnice między wersjami">
          {older === "" ? (
            <Text>Jest tylko jedna wersja, więc nie ma czego porównać.</Text>
          ) : (
            <Stack>
              <Group align="flex-end">
                <NativeSelect
                  label="Starsza"
                  value={older}
                  data={versionChoices}
                  onChange={(event) => choose("older", event.currentTarget.value)}
                />
                <NativeSelect
                  label="Nowsza"
                  value={newer}
                  data={[...(hasDraft ? [{ value: DRAFT, label: "obecna, niewysłana" }] : []), ...versionChoices]}
                  onChange={(event) => choose("newer", event.currentTarget.value)}
                />
              </Group>
              <Differences sheet={sheet} older={Number(older)} newer={newer} />
            </Stack>
          )}
        </Panel>
        {newer !== DRAFT && <Version sheet={sheet} number={newer} />}
      </Stack>
    </>
  );
}

function versionInWords({ number, submitted_at, submitted_by, in_place_of }: Sheet["versions"][number]): string {
  const instead = in_place_of ? ` (w zastępstwie: ${in_place_of})` : "";
  return `wersja ${number}, ${formatDateTime(submitted_at)}, ${submitted_by}${instead}`;
}

function Differences({ sheet, older, newer }: { sheet: Sheet; older: number; newer: string }) {
  const differences = api.useQuery(
    "get",
    "/api/v1/forms/sheets/{id}/differences/",
    { params: { path: { id: sheet.id }, query: { older, newer } } },
    { placeholderData: keepPreviousData, staleTime: 0 },
  );
  if (!differences.data) {
    return differences.error ? (
      <ProblemAlert error={differences.error} retry={() => void differences.refetch()} />
    ) : (
      <Skeleton height={120} />
    );
  }
  if (differences.data.length === 0) {
    return <Text>Te wersje niczym się nie różnią.</Text>;
  }
  return (
    <ul className={classes.list} aria-label="Różnice">
      {differences.data.map(({ path, label, before, after, by, at }) => (
        <li key={path} className={classes.change}>
          <Text fw={600}>{label}</Text>
          <div className={classes.values}>
            {before ? <del className={classes.before}>{before}</del> : <span>brak odpowiedzi</span>}
            <span role="img" aria-label="zmieniono na">
              →
            </span>
            {after ? <ins className={classes.after}>{after}</ins> : <span>brak odpowiedzi</span>}
          </div>
          {(by || at) && (
            <Text size="sm" c="dimmed">
              {[by, at && formatDateTime(at)].filter(Boolean).join(", ")}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}

function Version({ sheet, number }: { sheet: Sheet; number: string }) {
  const version = api.useQuery(
    "get",
    "/api/v1/forms/sheets/{id}/versions/{number}/",
    { params: { path: { id: sheet.id, number: Number(number) } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <Panel title={`Wersja ${number}`} actions={<PrintButton key={number} sheet={sheet.id} version={Number(number)} />}>
      <ProblemAlert error={version.error} retry={() => void version.refetch()} />
      {version.data ? (
        <Filler
          definition={asDefinition(version.data.definition)}
          projection={asProjection(version.data.projection)}
          answers={version.data.answers as Answers}
          onChange={() => undefined}
          readOnly
          headingOrder={3}
          dictionaries={sheet.dictionaries}
          files={sheet.files}
        />
      ) : (
        !version.error && <Skeleton height={240} />
      )}
    </Panel>
  );
}
