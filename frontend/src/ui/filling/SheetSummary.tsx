import { Skeleton } from "@mantine/core";
import { api } from "@/api/client";
import { type Answers, asDefinition } from "@/ui/filling/definition";
import { Filler } from "@/ui/filling/Filler";
import { asProjection } from "@/ui/filling/projection";
import { ProblemAlert } from "@/ui/ProblemAlert";

/** What somebody has answered, to be read. */
export function SheetSummary({ id }: { id: string }) {
  const sheet = api.useQuery("get", "/api/v1/forms/sheets/{id}/", { params: { path: { id } } });
  if (!sheet.data) {
    return sheet.error ? (
      <ProblemAlert error={sheet.error} retry={() => void sheet.refetch()} />
    ) : (
      <Skeleton height={160} mt="sm" role="status" aria-label="Wczytywanie" />
    );
  }
  return (
    <Filler
      definition={asDefinition(sheet.data.definition)}
      projection={asProjection(sheet.data.projection)}
      answers={sheet.data.answers as Answers}
      onChange={() => undefined}
      readOnly
      dictionaries={sheet.data.dictionaries}
      files={sheet.data.files}
      headingOrder={3}
      isAside
    />
  );
}
