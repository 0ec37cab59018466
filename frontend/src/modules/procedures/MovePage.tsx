import { Button, Group, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import { ButtonLink } from "@/ui/ButtonLink";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { READING } from "@/ui/widths";
import { countedCases } from "./caseWords";
import { readDraft } from "./draft";
import { type Choices, movedIn, movesOf } from "./moves";
import { RunningCases } from "./RunningCases";

/** Matters left on older revisions: they can be moved to the newest one later too. */
export function MovePage() {
  const { id = "" } = useParams();
  const at = `/procedures/procedures/${id}`;
  const { data: procedure } = api.useSuspenseQuery("get", "/api/v1/procedures/procedures/{id}/", {
    params: { path: { id } },
  });
  const newest = Math.max(0, ...procedure.revisions.map(({ number }) => number));
  return (
    <>
      <PageHeader
        title={`Sprawy na starszych wydaniach: ${procedure.name}`}
        description={`Obowiązuje wydanie ${newest}. Tu przenosi się na nie sprawy, które zostały przy wcześniejszych.`}
        back={{ to: at, label: "Wróć do procedury" }}
      />
      {newest > 0 && <Moving key={newest} id={id} newest={newest} at={at} />}
    </>
  );
}

function Moving({ id, newest, at }: { id: string; newest: number; at: string }) {
  const params = { path: { id } };
  const { data: effects, refetch } = api.useSuspenseQuery(
    "get",
    "/api/v1/procedures/procedures/{id}/effects/",
    { params: { ...params, query: { of: "published" } } },
    { staleTime: 0, refetchOnWindowFocus: false },
  );
  const { data: revision } = api.useSuspenseQuery("get", "/api/v1/procedures/procedures/{id}/revisions/{number}/", {
    params: { path: { id, number: String(newest) } },
  });
  const [choices, setChoices] = useState<Choices>({});
  const [isAsked, question] = useDisclosure(false);
  const navigate = useNavigate();
  const move = api.useMutation("post", "/api/v1/procedures/procedures/{id}/move/", {
    onSuccess: async ({ moved }) => {
      notifyDone(`Przeniesiono na nowe wydanie: ${countedCases(moved)}.`);
      await navigate(at);
    },
    onError: async (error) => {
      question.close();
      if (asProblem(error).status === 409) {
        await refetch();
      }
    },
  });
  const moved = movedIn(choices, effects.groups);

  return (
    <Stack maw={READING}>
      <ProblemAlert error={move.error} title="Nie przeniesiono" />
      <Panel title="Sprawy w toku">
        <RunningCases
          groups={effects.groups}
          target={readDraft(revision.definition)}
          choices={choices}
          onChange={setChoices}
        />
      </Panel>
      <Group justify="flex-end">
        <ButtonLink to={at} variant="default">
          Anuluj
        </ButtonLink>
        <Button disabled={moved === 0} onClick={question.open}>
          Przenieś…
        </Button>
      </Group>
      <ConfirmDialog
        isOpen={isAsked}
        title="Przenieść sprawy na nowe wydanie?"
        confirmLabel="Przenieś"
        isWorking={move.isPending}
        onConfirm={() => move.mutate({ params, body: { moves: movesOf(choices, effects.groups) } })}
        onClose={question.close}
      >
        Na wydanie {newest} przejdzie {countedCases(moved)}. Każda dostanie o tym wpis w historii.
      </ConfirmDialog>
    </Stack>
  );
}
