import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { bodyOf, http, type Schemas } from "@/api/client";
import { UnitField } from "@/ui/filling/DirectoryAnswers";
import type { Answers, FormDocument } from "@/ui/filling/definition";
import { Filler } from "@/ui/filling/Filler";
import { asText } from "@/ui/filling/fieldParts";
import { asProjection } from "@/ui/filling/projection";
import { RichText } from "@/ui/filling/RichText";
import { ProblemAlert } from "@/ui/ProblemAlert";

const PAUSE_MS = 400;

interface PreviewProps {
  formId: string;
  draft: FormDocument;
  dictionaries: readonly Schemas["DictionaryOut"][];
}

/** The draft as those who fill it in will see it; answers tried here are kept nowhere. */
export function Preview({ formId, draft, dictionaries }: PreviewProps) {
  const [answers, setAnswers] = useState<Answers>({});
  const [unit, setUnit] = useState<string | null>(null);
  const [asked] = useDebouncedValue({ draft, answers, unit }, PAUSE_MS);
  const preview = useQuery({
    queryKey: ["post", "/api/v1/forms/forms/{id}/preview/", formId, asked],
    queryFn: async ({ signal }) => {
      const body = { draft: plain(asked.draft), answers: asked.answers, unit: asked.unit };
      const answer = await http.POST("/api/v1/forms/forms/{id}/preview/", {
        params: { path: { id: formId } },
        body,
        signal,
      });
      return { definition: asked.draft, projection: asProjection(bodyOf(answer)) };
    },
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
  const shown = preview.data;
  const labels = useMemo(() => labelsOf(dictionaries), [dictionaries]);

  return (
    <Stack gap="md">
      {asksOfUnit(draft) && (
        <UnitField
          id="preview-unit"
          type="unit"
          label="Pokaż jako jednostka"
          options={{}}
          choices={[]}
          value={unit}
          onChange={(next) => setUnit(asText(next) || null)}
          isRequired={false}
          isCompact
        />
      )}
      {preview.error && !shown ? (
        <ProblemAlert
          error={preview.error}
          title="Podgląd pojawi się po poprawkach"
          retry={() => void preview.refetch()}
        />
      ) : null}
      {preview.error && shown ? (
        <Alert color="caution">Podgląd pokazuje poprzednią wersję: obecna wymaga poprawek.</Alert>
      ) : null}
      {shown && (
        <>
          <div>
            <Text fw={650} size="xl">
              {shown.definition.title || "Formularz bez tytułu"}
            </Text>
            {shown.definition.introduction && <RichText text={shown.definition.introduction} />}
          </div>
          <Group justify="space-between" gap="xs">
            <Text size="sm" c="dimmed">
              Wymagane pytania: {shown.projection.answered} z {shown.projection.required}
            </Text>
            <Button
              variant="subtle"
              size="compact-sm"
              disabled={Object.keys(answers).length === 0}
              onClick={() => setAnswers({})}
            >
              Wyczyść odpowiedzi
            </Button>
          </Group>
          <Progress
            value={
              shown.projection.required === 0 ? 100 : (100 * shown.projection.answered) / shown.projection.required
            }
            size="sm"
            aria-label="Wypełnienie podglądu"
          />
          <Filler
            definition={shown.definition}
            projection={shown.projection}
            answers={answers}
            onChange={(key, answer) => setAnswers((before) => ({ ...before, [key]: answer }))}
            headingOrder={3}
            dictionaries={labels}
          />
          {shown.definition.sections.length === 0 && <Text c="dimmed">Dodaj sekcję i pierwsze pytanie.</Text>}
        </>
      )}
    </Stack>
  );
}

/** Of each dictionary what it offers now, as a sheet gets it. */
const labelsOf = (dictionaries: PreviewProps["dictionaries"]) =>
  Object.fromEntries(
    dictionaries.map(({ key, entries }) => [
      key,
      Object.fromEntries(entries.filter((one) => one.is_active).map((one) => [one.key, one.label])),
    ]),
  );

/** A document as the API takes it. */
const plain = (form: FormDocument) => form as unknown as Record<string, unknown>;

const asksOfUnit = (form: FormDocument) => /jednostka\.|z_tabeli|z tabeli|"prefill":"unit\./.test(JSON.stringify(form));
