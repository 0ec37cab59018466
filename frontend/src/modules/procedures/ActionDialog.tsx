import { Alert, Button, Modal, Text, Textarea } from "@mantine/core";
import { IconUserExclamation } from "@tabler/icons-react";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { type Problem, toldProblem } from "@/api/problem";
import { useSession } from "@/api/session";
import { EditForm } from "@/ui/EditForm";
import type { Answers } from "@/ui/filling/definition";
import { Filler } from "@/ui/filling/Filler";
import { MistakeList } from "@/ui/filling/MistakeList";
import { type Mistake, mistakesOf } from "@/ui/filling/projection";
import { SheetSummary } from "@/ui/filling/SheetSummary";
import { notifyDone } from "@/ui/notify";
import { Panes } from "@/ui/Panes";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { useEdit } from "@/ui/useEdit";
import { applicationIn, lookOf } from "./caseWords";
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
  const read = formIn(action?.fields) && matter.is_from_office ? applicationIn(matter) : undefined;
  const fields = code !== null && (
    <Fields key={code} matter={matter} code={code} action={action} known={known} onClose={onClose} />
  );
  return (
    <Modal
      opened={code !== null}
      onClose={onClose}
      title={action?.label ?? "Ta czynność nie jest już możliwa"}
      size={read ? "75rem" : "lg"}
    >
      {read && fields ? (
        <Panes
          first={{ label: "Wniosek", content: <SheetSummary id={read.id} /> }}
          second={{ label: "Do wypełnienia", content: fields }}
        />
      ) : (
        fields
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
  const navigate = useNavigate();
  const showNewest = useNewestCase(matter.id);
  const perform = api.useMutation("post", "/api/v1/procedures/cases/{id}/perform/", {
    meta: AFTER_A_STEP,
    onSuccess: (next) => {
      edit.forget();
      onClose();
      notifyDone(outcomeOf(matter, next));
      if (!matter.is_from_office && action?.kind === "transition") {
        void navigate(`/procedures/cases/${matter.id}/receipts/last`);
      }
      showNewest(next);
    },
  });
  const edit = useEdit({
    begin: { data: {} as Answers, reason: "" },
    labels: { reason: "Uzasadnienie" },
    saving: [perform],
    keptAs: `${person?.id}.case.${matter.id}.${code}`,
  });
  const { fields } = edit;
  const data = { ...fields.data, ...known };
  const form = formIn(action?.fields);
  const mistakes = mistakesOf(perform.error, "data.").filter(({ path }) => path !== "reason");

  return (
    <EditForm
      form={edit}
      refusal={refusalOf(perform.error, mistakes, action)}
      refused="Jeszcze nie można"
      save={action?.label ?? null}
      press={pressOf(action, form !== null)}
      isIncomplete={action?.blocked !== null}
      cancel={onClose}
      onSave={({ reason }) =>
        perform.mutate({
          params: { path: { id: matter.id } },
          body: { action: code, data, reason: reason.trim(), version: matter.version },
        })
      }
    >
      {action && (action.follows || (!form && action.reason === "none")) && (
        <Text>
          Sprawa „{matter.title}” jest teraz w etapie „{matter.stage.name}”. {action.follows}
        </Text>
      )}
      {action && action.ways.length > 0 && (
        <Text>
          Dokąd pójdzie sprawa, okaże się z tego, co podasz:{" "}
          {action.ways.map(({ label, stage }) => `„${label}” (etap „${stage}”)`).join(" albo ")}.
        </Text>
      )}
      {form && (
        <BeginsHere>
          <Filler
            definition={form}
            projection={null}
            answers={data}
            onChange={(key, value) => edit.set({ data: { ...fields.data, [key]: value } })}
            mistakes={mistakes}
            hidesTitles
          />
        </BeginsHere>
      )}
      {(action === undefined ? fields.reason !== "" : action.reason !== "none") && (
        <Textarea
          {...edit.input("reason")}
          description="Zostaje w historii sprawy."
          autosize
          minRows={3}
          maxRows={14}
          required={action?.reason === "required"}
          data-autofocus={form ? undefined : true}
        />
      )}
      {!action && (
        <Button variant="default" onClick={onClose} ms="auto">
          Zamknij
        </Button>
      )}
    </EditForm>
  );
}

/** The first field is where the dialog begins: one writes at once. */
function BeginsHere({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // The dialog's trap of the focus looks for this attribute, and the fields of a form take none from outside.
    box.current?.querySelector("input:not([type=hidden]), textarea")?.setAttribute("data-autofocus", "true");
  }, []);
  return <div ref={box}>{children}</div>;
}

/** What came of a step, as whoever took it is told. */
function outcomeOf(before: CaseDetails, now: CaseDetails): string {
  if (now.state === "closed") {
    return `Zapisano. Sprawa jest zakończona: „${now.stage.name}”.`;
  }
  return now.stage.key === before.stage.key
    ? `Zapisano. Etap „${now.stage.name}” trwa dalej.`
    : `Zapisano. Sprawa jest teraz w etapie „${now.stage.name}”.`;
}

function refusalOf(error: unknown, mistakes: readonly Mistake[], action: CaseAction | undefined) {
  const problem = toldProblem(error);
  if (problem && FASTER.has(problem.code)) {
    return <Overtaken problem={problem} isStillPossible={action?.blocked === null} />;
  }
  if (problem && (problem.status === 409 || problem.code in HEADINGS)) {
    return <ProblemAlert error={error} title={headingOf(problem, action)} />;
  }
  return mistakes.length > 0 ? <MistakeList mistakes={mistakes} title="Jeszcze nie można" /> : undefined;
}

/** Refusals of which somebody else is the cause. */
const FASTER: ReadonlySet<string> = new Set(["case_changed_meanwhile", "case_closed"]);

const HEADINGS: Readonly<Record<string, string>> = {
  case_changed_meanwhile: "Ktoś zrobił coś w międzyczasie",
  case_closed: "Sprawa jest już zakończona",
  not_your_part: "Tę czynność wykonuje ktoś inny",
  pot_overdrawn: "W puli nie ma tylu środków",
  pot_unknown: "Nie ma puli, z której są środki",
  procedure_not_open: "Nabór jest zamknięty",
  class_unknown: "Brakuje klasy w wykazie akt",
  template_missing: "Brakuje wzoru pisma",
};

const headingOf = ({ code }: Problem, action: CaseAction | undefined): string =>
  HEADINGS[code] ?? (action ? `Nie można teraz: ${action.label}` : "Ten krok nie jest teraz możliwy");

/** A step that only has to be confirmed is confirmed with Enter. */
const pressOf = (action: CaseAction | undefined, hasForm: boolean) =>
  action && {
    ...lookOf(action.tone),
    ...(action.tone === "neutral" && { variant: "filled" }),
    "data-autofocus": hasForm || action.reason !== "none" ? undefined : true,
  };

/** Somebody was quicker: who did what, and whether the own step still makes sense. */
function Overtaken({ problem, isStillPossible }: { problem: Problem; isStillPossible: boolean }) {
  return (
    <Alert
      color="caution"
      icon={<IconUserExclamation aria-hidden />}
      title={headingOf(problem, undefined)}
      role="alert"
    >
      <Text c="var(--mantine-color-text)">
        {problem.detail}{" "}
        {isStillPossible
          ? "Sprawa jest już odświeżona. Sprawdź ją i naciśnij przycisk ponownie, jeśli to nadal dobry krok."
          : "Sprawa jest już odświeżona; ten krok nie jest teraz możliwy. To, co wpisano, nie zginęło."}
      </Text>
    </Alert>
  );
}
