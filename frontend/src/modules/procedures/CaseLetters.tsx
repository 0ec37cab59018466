import { Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { api } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { DownloadButton } from "@/ui/DownloadButton";
import { formatDate } from "@/ui/format";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import classes from "./CaseSheets.module.css";
import { LetterPreview } from "./LetterPreview";
import { type CaseDetails, type Letter, PROCEDURES } from "./nouns";
import { useLetterTemplates } from "./useLetterTemplates";

const LETTERS = "/api/v1/procedures/cases/{case_id}/letters/";

/** Letters of a matter, in Word and as PDF; whoever may, makes another. */
export function CaseLetters({ matter }: { matter: CaseDetails }) {
  const mayIssue = matter.can.includes("issue_letter");
  if (!mayIssue && matter.letters.length === 0) {
    return null;
  }
  return (
    <Panel title="Pisma">
      <ul className={classes.list}>
        {matter.letters.map((letter) => (
          <LetterRow key={letter.id} letter={letter} />
        ))}
      </ul>
      {matter.letters.length === 0 && <Text c="dimmed">W tej sprawie nie ma jeszcze pism.</Text>}
      {mayIssue && <Issue matter={matter} />}
    </Panel>
  );
}

function LetterRow({ letter }: { letter: Letter }) {
  const retry = api.useMutation("post", "/api/v1/procedures/letters/{id}/retry/", {
    onError: notifyRefused,
  });
  const href = `${PROCEDURES}letters/${letter.id}/download/`;
  return (
    <li className={classes.sheet}>
      <div className={classes.head}>
        <div>
          <Text fw={600}>{letter.name}</Text>
          <Text size="sm" c="dimmed">
            {letter.year === 0 ? `próba ${letter.number}` : `nr ${letter.number}/${letter.year}`} z{" "}
            {formatDate(letter.issued_on)}
            {letter.issued_by && `, ${letter.issued_by}`} ·{" "}
            <TextLink to={`/procedures/letters/${letter.id}/receipt`} aria-label={`Potwierdzenie: ${letter.name}`}>
              Potwierdzenie
            </TextLink>
          </Text>
        </div>
        {letter.state === "waiting" && <StatusBadge tone="info">w przygotowaniu</StatusBadge>}
        {letter.state === "ready" && (
          <Group gap="xs">
            <DownloadButton size="sm" href={`${href}?kind=pdf`} aria-label={`PDF: ${letter.name}`}>
              PDF
            </DownloadButton>
            <DownloadButton size="sm" href={`${href}?kind=docx`} aria-label={`Word: ${letter.name}`}>
              Word
            </DownloadButton>
          </Group>
        )}
        {letter.state === "failed" && (
          <Button
            variant="default"
            size="sm"
            loading={retry.isPending}
            onClick={() => retry.mutate({ params: { path: { id: letter.id } } })}
          >
            Spróbuj ponownie
          </Button>
        )}
      </div>
      {letter.state === "failed" && (
        <Text size="sm" c="var(--mantine-color-error)">
          Nie udało się przygotować pisma: {letter.failure}
        </Text>
      )}
    </li>
  );
}

/** Makes one more letter from a template of the city, once it has been read. */
function Issue({ matter }: { matter: CaseDetails }) {
  const { id, letters_offered: offered } = matter;
  const templates = (useLetterTemplates() ?? []).filter(
    ({ is_archived, key }) => !is_archived && (offered === null || offered.includes(key)),
  );
  const [template, setTemplate] = useState("");
  const [isAsked, question] = useDisclosure(false);
  const [isShown, setIsShown] = useState(false);
  const close = () => {
    question.close();
    setIsShown(false);
  };
  const issue = api.useMutation("post", LETTERS, {
    onSuccess: () => {
      close();
      setTemplate("");
      notifyDone("Pismo ma numer i datę. Plik będzie gotowy za chwilę.");
    },
  });
  const name = templates.find((one) => one.id === template)?.name;
  if (templates.length === 0) {
    return null;
  }
  return (
    <>
      <Group gap="xs" mt="sm" align="flex-end" data-print="no">
        <NativeSelect
          label="Nowe pismo"
          data={[{ value: "", label: "wybierz wzór" }, ...templates.map((one) => ({ value: one.id, label: one.name }))]}
          value={template}
          onChange={(event) => setTemplate(event.currentTarget.value)}
        />
        <Button variant="default" disabled={template === ""} onClick={question.open}>
          Zobacz pismo…
        </Button>
      </Group>
      <ConfirmDialog
        isOpen={isAsked}
        title={`Wydać pismo „${name ?? ""}”?`}
        confirmLabel="Wydaj pismo"
        isReady={isShown}
        isWorking={issue.isPending}
        error={issue.error}
        onConfirm={() => issue.mutate({ params: { path: { case_id: id } }, body: { template } })}
        onClose={close}
      >
        <Stack gap="sm">
          <LetterPreview matter={id} template={template} onShown={() => setIsShown(true)} />
          <Text size="sm">
            Dopiero „Wydaj pismo” nadaje numer i datę; tego nie da się cofnąć. Sam podgląd niczego nie zmienia.
          </Text>
        </Stack>
      </ConfirmDialog>
    </>
  );
}
