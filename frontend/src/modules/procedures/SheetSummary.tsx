import { Skeleton } from "@mantine/core";
import { api } from "@/api/client";
import { Filler } from "@/ui/filling/Filler";
import type { Projection } from "@/ui/filling/projection";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { answersIn, formIn } from "./parameters";

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
  const definition = formIn(sheet.data.definition);
  return (
    definition && (
      <Filler
        definition={definition}
        projection={sheet.data.projection as Projection}
        answers={answersIn(sheet.data.answers)}
        onChange={() => undefined}
        readOnly
        dictionaries={sheet.data.dictionaries}
        files={sheet.data.files}
        headingOrder={3}
        isAside
      />
    )
  );
}
