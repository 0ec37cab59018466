import { Skeleton, Text } from "@mantine/core";
import { api } from "@/api/client";
import { ProblemAlert } from "@/ui/ProblemAlert";
import classes from "./LetterPreview.module.css";

interface LetterPreviewProps {
  matter: string;
  /** Id of the template. */
  template: string;
}

/** What a letter would say if it were issued now; looking at it draws no number. */
export function LetterPreview({ matter, template }: LetterPreviewProps) {
  const preview = api.useQuery(
    "get",
    "/api/v1/procedures/cases/{case_id}/letters/preview/",
    { params: { path: { case_id: matter }, query: { template } } },
    { gcTime: 0, retry: false },
  );
  return (
    <>
      <ProblemAlert error={preview.error} retry={() => void preview.refetch()} />
      {preview.isPending && <Skeleton height={160} role="status" aria-label="Przygotowujemy podgląd pisma" />}
      {preview.data && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long letter is scrolled with the keyboard too
        <section className={classes.letter} aria-label="Podgląd pisma" tabIndex={0}>
          {preview.data.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a letter never move
            <Text key={index} className={classes.line}>
              {line}
            </Text>
          ))}
        </section>
      )}
    </>
  );
}
