import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { IconArrowBackUp, IconRefresh } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { api, bodyOf, http, type Schemas } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import type { Answers } from "@/ui/filling/definition";
import { Filler } from "@/ui/filling/Filler";
import { MistakeList } from "@/ui/filling/MistakeList";
import { mistakesOf } from "@/ui/filling/projection";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";
import { type Draft, nameOf, readDraft, stageOf } from "./draft";
import { ProblemList } from "./ProblemList";
import { formIn } from "./parameters";
import classes from "./SimulatorPage.module.css";

type Step = Schemas["SimulateStepInRequest"];
type Choice = Schemas["SimulateChoiceOut"];

const SIMULATE = "/api/v1/procedures/procedures/{id}/simulate/";

/** Walks the draft with invented people: what they see, who acts, where each button leads. Nothing is kept. */
export function SimulatorPage() {
  const { id = "" } = useParams();
  const params = { path: { id } };
  const { data: procedure } = api.useSuspenseQuery("get", "/api/v1/procedures/procedures/{id}/", { params });
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const [taking, setTaking] = useState<Choice | null>(null);
  const walk = useQuery({
    queryKey: ["post", SIMULATE, id, procedure.draft_version, steps],
    queryFn: async () => bodyOf(await http.POST(SIMULATE, { params, body: { steps: [...steps] } })),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const draft = readDraft(procedure.draft);
  const navigate = useNavigate();

  const take = (choice: Choice) => {
    if (formIn(choice.fields) || choice.needs_reason) {
      setTaking(choice);
    } else {
      setSteps([...steps, { action: choice.action, as: choice.as, data: {}, reason: "" }]);
    }
  };

  return (
    <>
      <PageHeader
        title={`Próba: ${procedure.name}`}
        description="Przejdź procedurę wymyślonymi osobami, zanim ją opublikujesz. Nic z tej próby się nie zapisuje."
        back={{ to: `/procedures/procedures/${id}`, label: "Wróć do procedury" }}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconArrowBackUp size={18} aria-hidden />}
              disabled={steps.length === 0}
              onClick={() => setSteps(steps.slice(0, -1))}
            >
              Cofnij krok
            </Button>
            <Button
              variant="default"
              leftSection={<IconRefresh size={18} aria-hidden />}
              disabled={steps.length === 0}
              onClick={() => setSteps([])}
            >
              Od początku
            </Button>
          </>
        }
      />
      <Stack maw={READING}>
        <ProblemAlert error={walk.error} title="Tym krokiem nie da się przejść" retry={() => void walk.refetch()} />
        {walk.data?.stage === "" && (
          <ProblemList
            problems={walk.data.faults}
            onOpen={() => void navigate(`/procedures/procedures/${id}?view=outline`)}
          />
        )}
        {walk.data?.stage && <Now draft={draft} state={walk.data} isStale={walk.isPlaceholderData} take={take} />}
        {walk.data && <Log sentences={walk.data.log.map(({ sentence }) => sentence)} />}
      </Stack>
      <TakeDialog
        id={id}
        steps={steps}
        choice={taking}
        onTaken={(step) => {
          setTaking(null);
          setSteps([...steps, step]);
        }}
        onClose={() => setTaking(null)}
      />
    </>
  );
}

interface NowProps {
  draft: Draft;
  state: Schemas["SimulateOut"];
  isStale: boolean;
  take: (choice: Choice) => void;
}

function Now({ draft, state, isStale, take }: NowProps) {
  const stage = stageOf(draft, state.stage);
  const people = [...new Set(state.choices.map((choice) => choice.as))];
  return (
    <Panel title={state.is_over ? `Koniec: ${nameOf(stage)}` : `Etap: ${nameOf(stage)}`}>
      <Stack>
        <div role="status">
          {stage?.public_name && stage.public_name !== stage.name && (
            <Text c="dimmed">Wnioskodawca widzi: „{stage.public_name}”.</Text>
          )}
          {state.is_over && <Text>Sprawa się zakończyła.</Text>}
          {!state.is_over && state.choices.length === 0 && (
            <Text fw={600}>Stąd nie ma wyjścia: nikt nie może nic zrobić. Popraw procedurę.</Text>
          )}
        </div>
        {people.map((person) => (
          <div key={person}>
            <Text fw={600} mb={6}>
              {person}
            </Text>
            <Group gap="xs">
              {state.choices
                .filter((choice) => choice.as === person)
                .map((choice) => (
                  <Button key={choice.action} variant="default" loading={isStale} onClick={() => take(choice)}>
                    {choice.label}
                  </Button>
                ))}
            </Group>
          </div>
        ))}
      </Stack>
    </Panel>
  );
}

function Log({ sentences }: { sentences: readonly string[] }) {
  return (
    <Panel title="Co się działo">
      {sentences.length === 0 ? (
        <Text c="dimmed">Jeszcze nic. Naciśnij pierwszy przycisk.</Text>
      ) : (
        <ol className={classes.log}>
          {sentences.map((sentence, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a log grows at its end only
            <li key={index}>{sentence}</li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

interface TakeDialogProps {
  id: string;
  steps: readonly Step[];
  choice: Choice | null;
  onTaken: (step: Step) => void;
  onClose: () => void;
}

/** What has to be given with a choice; the step is tried before it joins the walk. */
function TakeDialog({ choice, onClose, ...rest }: TakeDialogProps) {
  return (
    <Modal opened={choice !== null} onClose={onClose} title={choice?.label} size="lg">
      {choice && <TakeFields key={`${choice.as} ${choice.action}`} choice={choice} onClose={onClose} {...rest} />}
    </Modal>
  );
}

function TakeFields({ id, steps, choice, onTaken, onClose }: TakeDialogProps & { choice: Choice }) {
  const attempt = api.useMutation("post", SIMULATE, { meta: { refreshes: [] } });
  const edit = useEdit({
    begin: { data: {} as Answers, reason: "" },
    labels: { reason: "Uzasadnienie" },
    saving: [attempt],
    isFleeting: true,
  });
  const form = formIn(choice.fields);
  const mistakes = mistakesOf(attempt.error, "data.");

  const take = ({ data, reason }: typeof edit.fields) => {
    const step: Step = { action: choice.action, as: choice.as, data, reason: reason.trim() };
    attempt.mutate({ params: { path: { id } }, body: { steps: [...steps, step] } }, { onSuccess: () => onTaken(step) });
  };

  return (
    <EditForm
      form={edit}
      refusal={mistakes.length > 0 ? <MistakeList mistakes={mistakes} title="Jeszcze nie można" /> : undefined}
      refused="Jeszcze nie można"
      save={choice.label}
      cancel={onClose}
      onSave={take}
    >
      <Text c="dimmed">Działa: {choice.as}</Text>
      {form && (
        <Filler
          definition={form}
          projection={null}
          answers={edit.fields.data}
          onChange={(key, value) => edit.set({ data: { ...edit.fields.data, [key]: value } })}
          mistakes={mistakes}
          hidesTitles
        />
      )}
      {choice.needs_reason && <Textarea {...edit.input("reason")} autosize minRows={2} required />}
    </EditForm>
  );
}
