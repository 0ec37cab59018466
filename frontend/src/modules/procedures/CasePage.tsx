import { Alert, Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useState } from "react";
import { Navigate, useParams, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Invoices } from "@/ui/invoices/Invoices";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panes } from "@/ui/Panes";
import { TroubleAlert } from "@/ui/TroubleAlert";
import { ActionDialog } from "./ActionDialog";
import { CaseActions } from "./CaseActions";
import { CaseFacts } from "./CaseFacts";
import { CaseLetters } from "./CaseLetters";
import { CaseMatter } from "./CaseMatter";
import { CaseOpinions } from "./CaseOpinions";
import { CaseOutcome } from "./CaseOutcome";
import { CaseQuestions } from "./CaseQuestions";
import { CaseSheets } from "./CaseSheets";
import { CaseStory } from "./CaseStory";
import { CaseVotes } from "./CaseVotes";
import { CaseWhere } from "./CaseWhere";
import { addressOf, nextIn, unfilledIn } from "./caseWords";
import type { CaseDetails } from "./nouns";
import { PackageButton } from "./PackageButton";
import { ReopenButton } from "./ReopenButton";
import { AFTER_A_STEP, useNewestCase } from "./useNewestCase";

const EVERY_MINUTE = 60_000;
const SOON = 1_500;

/** In an address: the code of a step that whoever comes by it wants to take. */
const PRESS = "press";

const isPreparing = ({ letters }: CaseDetails) => letters.some(({ state }) => state === "waiting");

/** One matter: where it is, whose move it is, what may be done now, what it holds, and its whole story. */
export function CasePage() {
  const { id = "" } = useParams();
  const { data: matter } = api.useSuspenseQuery(
    "get",
    "/api/v1/procedures/cases/{id}/",
    { params: { path: { id } } },
    { refetchInterval: ({ state }) => (state.data && isPreparing(state.data) ? SOON : EVERY_MINUTE) },
  );
  const [query, setQuery] = useSearchParams();
  const [goesOn, setGoesOn] = useState(query.has("goesOn"));
  const [asked, setAsked] = useState(() => pressIn(matter, query.get(PRESS)));
  const next = goesOn && !unfilledIn(matter) ? nextIn(matter) : undefined;
  if (next) {
    // Whoever comes from a form that is complete wants the step that it was filled in for.
    setGoesOn(false);
    setAsked(next.action);
  }

  const toFill = unfilledIn(matter);
  if (toFill && query.has("fill")) {
    return <Navigate replace to={addressOf(toFill, matter)} />; // whoever comes to score, scores
  }

  return (
    <>
      <PageHeader
        title={matter.title}
        description={[matter.sign && `Znak sprawy: ${matter.sign}`, matter.procedure.name, matter.unit?.short_name]
          .filter(Boolean)
          .join(" · ")}
        back={{ to: "/procedures/cases", label: "Sprawy" }}
        actions={
          <>
            {matter.can.includes("reopen_scoring") && <ReopenButton matter={matter} />}
            {matter.can.includes("undo") && <UndoButton matter={matter} />}
            {!matter.is_veiled && <PackageButton matter={id} />}
          </>
        }
      />
      <Stack>
        <TroubleAlert sentence={matter.trouble} />
        <BlindAlert matter={matter} />
        <CaseFacts matter={matter} ask={setAsked} />
        <CaseOutcome matter={matter} />
        <Panes
          begins="first"
          first={{ label: "O co chodzi", content: <CaseMatter matter={matter} /> }}
          second={{
            label: "Co można zrobić",
            content: (
              <>
                <CaseActions matter={matter} ask={setAsked} />
                {matter.can.includes("read_invoices") && <Invoices kind="procedures.case" id={id} />}
                {matter.opinions.length > 0 && <CaseOpinions matter={matter} />}
                {matter.can.includes("read_questions") && <CaseQuestions matter={matter} />}
                <CaseLetters matter={matter} />
                <CaseSheets matter={matter} />
                <CaseWhere matter={matter} />
                {matter.votes.length > 0 && <CaseVotes votes={matter.votes} thresholds={matter.thresholds} />}
                <CaseStory id={id} />
              </>
            ),
          }}
        />
      </Stack>
      {/* Beside the rest: it stays open with what was typed when somebody else has just closed the matter. */}
      <ActionDialog
        matter={matter}
        action={asked}
        onClose={() => {
          setAsked(null);
          if (query.has("goesOn") || query.has(PRESS)) {
            setQuery({}, { replace: true, preventScrollReset: true });
          }
        }}
      />
    </>
  );
}

/** The step that was wanted, while it is possible. */
const pressIn = ({ actions }: CaseDetails, wanted: string | null): string | null =>
  actions.find(({ action, blocked }) => action === wanted && blocked === null)?.action ?? null;

/** Somebody who scores blindly is told so, lest they look for what is missing. */
function BlindAlert({ matter }: { matter: CaseDetails }) {
  const hidden = [
    matter.is_veiled && "kto składa wniosek, jego załączniki i odpowiedzi, które by to zdradziły",
    matter.hides_members && "kto z komisji dał którą ocenę",
  ].filter((one) => one !== false);
  if (hidden.length === 0) {
    return null;
  }
  return (
    <Alert color="navy" title="Oceniasz w ciemno">
      <Text c="var(--mantine-color-text)">Na razie ukryte jest to, {hidden.join(", i to, ")}.</Text>
    </Alert>
  );
}

/** Takes the own last step back while nobody has acted on it. */
function UndoButton({ matter }: { matter: CaseDetails }) {
  const [isAsked, question] = useDisclosure(false);
  const showNewest = useNewestCase(matter.id);
  const undo = api.useMutation("post", "/api/v1/procedures/cases/{id}/undo/", {
    meta: AFTER_A_STEP,
    onSuccess: (next) => {
      question.close();
      showNewest(next);
      notifyDone("Cofnięto ostatni krok.");
    },
  });
  return (
    <>
      <Button variant="default" leftSection={<IconArrowBackUp size={18} aria-hidden />} onClick={question.open}>
        Cofnij ostatni krok
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        title="Cofnąć Twój ostatni krok?"
        confirmLabel="Cofnij krok"
        isWorking={undo.isPending}
        error={undo.error}
        onConfirm={() => undo.mutate({ params: { path: { id: matter.id } }, body: { version: matter.version } })}
        onClose={question.close}
      >
        <Text>Sprawa wróci tam, gdzie była przed nim. W historii zostanie i krok, i jego cofnięcie.</Text>
      </ConfirmDialog>
    </>
  );
}
