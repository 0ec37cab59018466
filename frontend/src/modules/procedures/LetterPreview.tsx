import { Skeleton, Text } from "@mantine/core";
import { useEffect } from "react";
import { api } from "@/api/client";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { useMaking } from "@/ui/useMaking";
import classes from "./LetterPreview.module.css";

interface LetterPreviewProps {
  matter: string;
  /** Id of the template. */
  template: string;
  /** Called once its words stand there. */
  onShown: () => void;
}

/** What a letter would say if it were issued now; looking at it draws no number. */
export function LetterPreview({ matter, template, onShown }: LetterPreviewProps) {
  const begin = api.useMutation("post", "/api/v1/procedures/cases/{case_id}/letters/preview/", {
    meta: { refreshes: [] },
  });
  const { mutate } = begin;
  const { made, isUnderWay, error } = useMaking(begin);
  const ask = () => mutate({ params: { path: { case_id: matter } }, body: { template } });
  useEffect(() => {
    mutate({ params: { path: { case_id: matter } }, body: { template } });
  }, [mutate, matter, template]);
  const isShown = Boolean(made);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, whatever function the parent makes anew
  useEffect(() => {
    if (isShown) {
      onShown();
    }
  }, [isShown]);
  return (
    <>
      <ProblemAlert title="Nie udało się przygotować podglądu" error={error} retry={ask} />
      {isUnderWay && <Skeleton height={160} role="status" aria-label="Przygotowujemy podgląd pisma" />}
      {made && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long letter is scrolled with the keyboard too
        <section className={classes.letter} aria-label="Podgląd pisma" tabIndex={0}>
          {made.lines.map((line, index) => (
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
