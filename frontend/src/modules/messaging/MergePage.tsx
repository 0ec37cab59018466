import { Alert, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useParams, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { whileRunning } from "@/api/polling";
import { DownloadButton } from "@/ui/DownloadButton";
import { FactStrip } from "@/ui/FactStrip";
import { counted, formatDateTime } from "@/ui/format";
import { JobProgress } from "@/ui/JobProgress";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { WholePicture } from "@/ui/pictures/WholePicture";
import { MergeHistory } from "./MergeHistory";
import classes from "./MergePage.module.css";
import { countOfRemarks, leftIn, MergeReport } from "./MergeReport";
import { MergeStart } from "./MergeStart";
import { modeName } from "./mergeModes";
import { sumOf, sumText } from "./mergeSum";
import { MESSAGING, type Merge, type MergeReport as Report } from "./nouns";

const isUnderWay = ({ state, standstill }: Merge) =>
  standstill !== "lost" && (state === "waiting" || state === "running");

/** Puts the answered workbooks of a message together, shows how it goes, and what came of it. */
export function MergePage() {
  const { id = "" } = useParams();
  const [params, setParams] = useSearchParams();
  const path = { id };
  const { data: message } = api.useSuspenseQuery("get", "/api/v1/messaging/messages/{id}/", { params: { path } });
  const merges = api.useQuery(
    "get",
    "/api/v1/messaging/messages/{id}/merges/",
    { params: { path } },
    { refetchInterval: whileRunning((list: readonly Merge[]) => list.some(isUnderWay)) },
  );
  const newest = merges.data?.[0];
  const chosen = params.get("merge") ?? newest?.id;

  return (
    <>
      <PageHeader
        title="Scalanie arkuszy"
        description={`Odpowiedzi na wiadomość „${message.subject}” w jednym arkuszu, z zaznaczonym pochodzeniem każdego wiersza.`}
        back={{ to: `/messaging/messages/${id}`, label: message.subject }}
      />
      <Stack>
        <ProblemAlert error={merges.error} retry={() => void merges.refetch()} />
        {chosen && (
          <MergeResult key={chosen} id={chosen} silent={message.counts.silent} mayAsk={message.can.includes("merge")} />
        )}
        <MergeStart
          messageId={id}
          recipients={message.counts.recipients}
          isUnderWay={newest !== undefined && isUnderWay(newest)}
          isFirst={newest === undefined}
          onStarted={(merge) => setParams({ merge: merge.id }, { replace: true })}
        />
        <MergeHistory merges={merges.data ?? []} chosen={chosen} messageId={id} />
      </Stack>
    </>
  );
}

interface ResultProps {
  /** How many recipients are silent now. */
  silent: number;
  /** Whether the reader may ask for new files. */
  mayAsk: boolean;
}

/** One merge: how far it is while it runs, its report once it is done. */
function MergeResult({ id, ...rest }: ResultProps & { id: string }) {
  const merge = api.useQuery(
    "get",
    "/api/v1/messaging/merges/{id}/",
    { params: { path: { id } } },
    { refetchInterval: whileRunning(isUnderWay) },
  );
  return merge.data ? (
    <MergeState merge={merge.data} {...rest} />
  ) : (
    <ProblemAlert error={merge.error} retry={() => void merge.refetch()} />
  );
}

function MergeState({ merge, silent, mayAsk }: ResultProps & { merge: Merge }) {
  if (isUnderWay(merge)) {
    return (
      <Panel title="Scalanie trwa">
        <JobProgress
          label={merge.state === "waiting" ? "Czekam na rozpoczęcie" : "Scalone arkusze"}
          done={merge.progress}
          total={merge.total}
        />
        {merge.standstill === "interrupted" && (
          <Text role="status" mt="sm">
            Scalanie zostało przerwane po stronie serwera. Ruszy ponownie samo, zwykle w ciągu minuty; niczego nie
            musisz robić.
          </Text>
        )}
      </Panel>
    );
  }
  if (merge.state === "failed" || merge.report === null) {
    return (
      <Alert color="danger" role="alert" icon={<IconAlertTriangle aria-hidden />} title="Nie udało się scalić arkuszy">
        <Text c="var(--mantine-color-text)">{merge.failure || "Scalanie zostało przerwane. Uruchom je ponownie."}</Text>
      </Alert>
    );
  }
  const { report } = merge;
  const sum = sumOf(report, silent);
  return (
    <>
      <FactStrip
        facts={[
          { name: "Czyj ruch", value: moverOf(report) },
          { name: "Ile", value: <span role="status">{sumText(sum)}</span> },
          { name: "W wyniku", value: counted(report.rows, "wiersz", "wiersze", "wierszy") },
          {
            name: "Jak i kiedy",
            value: [modeName(merge.mode_used || merge.mode), merge.finished_at && formatDateTime(merge.finished_at)]
              .filter(Boolean)
              .join(", "),
          },
        ]}
        action={
          <DownloadButton href={`${MESSAGING}merges/${merge.id}/download/`} variant="filled">
            Pobierz scalony arkusz
          </DownloadButton>
        }
      />
      <Panel title="Wynik scalania">
        <div className={classes.picture}>
          <WholePicture
            label="Co stało się z arkuszami"
            parts={[
              { label: "scalone", value: sum.merged, tone: "success", url: "" },
              { label: "odrzucone", value: sum.rejected, tone: "danger", url: "" },
              { label: "pominięte", value: sum.leftOut, tone: "warning", url: "" },
              { label: "odpowiedzi bez arkusza", value: sum.otherwise, tone: "warning", url: "" },
              { label: "milczące", value: sum.silent, tone: "neutral", url: "" },
            ]}
          />
        </div>
        <MergeReport mergeId={merge.id} report={report} mayAsk={mayAsk} />
      </Panel>
    </>
  );
}

/** What is left to do by hand before the workbook can be used. */
function moverOf(report: Report): string {
  const rejected = leftIn(report).length;
  const remarks = countOfRemarks(report);
  if (rejected === 0 && remarks === 0) {
    return "niczyj: wszystko scalono bez uwag";
  }
  const parts = [
    rejected > 0 && counted(rejected, "niescalony plik", "niescalone pliki", "niescalonych plików"),
    remarks > 0 && counted(remarks, "uwaga", "uwagi", "uwag"),
  ];
  return `Twój: przejrzyj ${parts.filter(Boolean).join(" i ")}`;
}
