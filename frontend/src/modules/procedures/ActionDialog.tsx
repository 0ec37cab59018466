import { Alert, Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { IconUserExclamation } from "@tabler/icons-react";
import type { SubmitEvent } from "react";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useSession } from "@/api/session";
import { errorOf } from "@/ui/fieldErrors";
import type { Answers } from "@/ui/filling/definition";
import { Filler } from "@/ui/filling/Filler";
import { MistakeList } from "@/ui/filling/MistakeList";
import { mistakesOf } from "@/ui/filling/projection";
import { notifyDone } from "@/ui/notify";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { useKept } from "@/ui/useKept";
import { lookOf } from "./caseWords";
import type { CaseAction, CaseDetails } from "./nouns";
import { formIn } from "./parameters";
import { AFTER_A_STEP, useNewestCase } from "./useNewestCase";

interface ActionDialogProps {
  matter: CaseDetails;
  /** The code of what is to be done; null while nothing is. */
  action: string | null;
  /** Answers known from where the button stands. */
  known?: Answers;
  onClose: () => void;
}

/** Asks for what has to be given with a step, and confirms it. What was typed outlives a refusal, and the dialog. */
export function ActionDialog({ matter, action: code, known, onClose }: ActionDialogProps) {
  const action = matter.actions.find((one) => one.action === code);
  return (
    <Modal
      opened={code !== null}
      onClose={onClose}
      title={action?.label ?? "Ta czynność nie jest już możliwa"}
      size="lg"
    >
      {code !== null && (
        <Fields key={code} matter={matter} code={code} action={action} known={known} onClose={onClose} />
      )}
    </Modal>
  );
}

interface FieldsProps {
  matter: CaseDetails;
  code: string;
  /** Undefined once the matter has moved on meanwhile. */
  action: CaseAction | undefined;
  known: Answers | undefined;
  onClose: () => void;
}

function Fields({ matter, code, action, known = {}, onClose }: FieldsProps) {
  const { person } = useSession();
  const { fields, change, forget } = useKept(`${person?.id}.case.${matter.id}.${code}`, {
    data: {} as Answers,
    reason: "",
  });
  const data = { ...fields.data, ...known };
  const showNewest = useNewestCase(matter.id);
  const perform = api.useMutation("post", "/api/v1/procedures/cases/{id}/perform/", {
    meta: AFTER_A_STEP,
    onSuccess: (next) => {
      forget();
      onClose();
      notifyDone(`Zrobione: ${action?.label}.`);
      showNewest(next);
    },
  });
  const problem = perform.error ? asProblem(perform.error) : null;
  const isOvertaken = problem?.status === 409;
  const mistakes = mistakesOf(perform.error, "data.").filter(({ path }) => path !== "reason");
  const form = formIn(action?.fields);
  const reasonError = errorOf(perform.error, "reason");

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    perform.mutate({
      params: { path: { id: matter.id } },
      body: { action: code, data, reason: fields.reason.trim(), version: matter.version },
    });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {isOvertaken && <Overtaken sentence={problem.detail} isStillPossible={action?.blocked === null} />}
        {!isOvertaken &&
          (mistakes.length > 0 ? (
            <MistakeList mistakes={mistakes} title="Jeszcze nie można" />
          ) : (
            <ProblemAlert error={perform.error} />
          ))}
        {action && !form && action.reason === "none" && (
          <Text>
            Sprawa „{matter.title}” jest teraz w etapie „{matter.stage.name}”. Potwierdź: {action.label}.
          </Text>
        )}
        {form && (
          <Filler
            definition={form}
            projection={null}
            answers={data}
            onChange={(key, value) => change({ data: { ...fields.data, [key]: value } })}
            mistakes={mistakes}
            hidesTitles
          />
        )}
        {(action === undefined ? fields.reason !== "" : action.reason !== "none") && (
          <Textarea
            id="reason"
            label="Uzasadnienie"
            description="Zostaje w historii sprawy."
            autosize
            minRows={3}
            maxRows={14}
            value={fields.reason}
            onChange={(event) => change({ reason: event.currentTarget.value })}
            error={reasonError}
            required={action?.reason === "required"}
            data-autofocus={form ? undefined : true}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {action ? "Anuluj" : "Zamknij"}
          </Button>
          {action && (
            <Button
              type="submit"
              {...lookOf(action.tone)}
              {...(action.tone === "neutral" && { variant: "filled" })}
              loading={perform.isPending}
              disabled={action.blocked !== null}
              data-autofocus={form || action.reason !== "none" ? undefined : true}
            >
              {action.label}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

/** Somebody was quicker: who did what, and whether the own step still makes sense. */
function Overtaken({ sentence, isStillPossible }: { sentence: string; isStillPossible: boolean }) {
  return (
    <Alert
      color="caution"
      icon={<IconUserExclamation aria-hidden />}
      title="Ktoś zrobił coś w międzyczasie"
      role="alert"
    >
      <Text c="var(--mantine-color-text)">
        {sentence}{" "}
        {isStillPossible
          ? "Sprawa jest już odświeżona. Sprawdź ją i naciśnij przycisk ponownie, jeśli to nadal dobry krok."
          : "Sprawa jest już odświeżona; ten krok nie jest teraz możliwy. To, co wpisano, nie zginęło."}
      </Text>
    </Alert>
  );
}
