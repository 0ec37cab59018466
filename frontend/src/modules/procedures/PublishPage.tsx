import { Button, Group, List, Stack, Text } from "@mantine/core";
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
import { type Choices, countedIn, movedIn, movesOf } from "./moves";
import { ProblemList } from "./ProblemList";
import { RunningCases } from "./RunningCases";

/** Before a revision is published: what changed in words, and what becomes of the matters that run. */
export function PublishPage() {
  const { id = "" } = useParams();
  const params = { path: { id } };
  const at = `/procedures/procedures/${id}`;
  const { data: procedure } = api.useSuspenseQuery("get", "/api/v1/procedures/procedures/{id}/", { params });
  const { data: effects, refetch } = api.useSuspenseQuery(
    "get",
    "/api/v1/procedures/procedures/{id}/effects/",
    { params },
    { staleTime: 0, refetchOnWindowFocus: false },
  );
  const [choices, setChoices] = useState<Choices>({});
  const [isAsked, question] = useDisclosure(false);
  const navigate = useNavigate();
  const publish = api.useMutation("post", "/api/v1/procedures/procedures/{id}/publish/", {
    onSuccess: async () => {
      notifyDone("Opublikowano nowe wydanie procedury.");
      await navigate(at);
    },
    onError: async (error) => {
      question.close();
      if (asProblem(error).status === 409) {
        await refetch(); // somebody has opened or moved a matter since the preview
      }
    },
  });

  const { groups, changes } = effects;
  const moved = movedIn(choices, groups);
  const all = countedIn(groups);
  const isFirst = procedure.revisions.length === 0;
  const isSame = !isFirst && changes.length === 0;

  return (
    <>
      <PageHeader
        title={`Publikacja: ${procedure.name}`}
        description={
          isFirst
            ? "Pierwsze wydanie. Od publikacji będzie można zakładać sprawy."
            : "Nowe sprawy pójdą według nowego wydania. O sprawach w toku decydujesz niżej."
        }
        back={{ to: at, label: "Wróć do procedury" }}
      />
      <Stack maw={READING}>
        <ProblemAlert error={publish.error} title="Nie opublikowano" />
        {procedure.problems.length > 0 && (
          <ProblemList problems={procedure.problems} onOpen={() => void navigate(at)} />
        )}
        <Panel title="Co się zmieniło">
          {changes.length === 0 ? (
            <Text>
              {isSame
                ? "Szkic nie różni się od ostatniego wydania. Nie ma czego publikować."
                : "To pierwsze wydanie, nie ma z czym porównać."}
            </Text>
          ) : (
            <List>
              {changes.map(({ sentence, path }) => (
                <List.Item key={`${path} ${sentence}`}>{sentence}</List.Item>
              ))}
            </List>
          )}
        </Panel>
        {!isSame && (
          <Panel title="Sprawy w toku">
            <RunningCases groups={groups} target={readDraft(procedure.draft)} choices={choices} onChange={setChoices} />
          </Panel>
        )}
        <Group justify="flex-end">
          <ButtonLink to={at} variant="default">
            Anuluj
          </ButtonLink>
          <Button disabled={procedure.problems.length > 0 || isSame} onClick={question.open}>
            Opublikuj…
          </Button>
        </Group>
      </Stack>
      <ConfirmDialog
        isOpen={isAsked}
        title="Opublikować nowe wydanie?"
        confirmLabel="Opublikuj"
        isWorking={publish.isPending}
        onConfirm={() =>
          publish.mutate({
            params,
            body: { moves: movesOf(choices, groups), draft_version: procedure.draft_version },
          })
        }
        onClose={question.close}
      >
        Wydania nie da się już zmienić ani usunąć; poprawki idą w następnym.
        {all > 0 && (
          <>
            {" "}
            Na nowe wydanie przejdzie {countedCases(moved)}, przy swoim zostanie {countedCases(all - moved)}.
          </>
        )}
      </ConfirmDialog>
    </>
  );
}
