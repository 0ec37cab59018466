import { Modal, TextInput } from "@mantine/core";
import { api } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { notifyDone } from "@/ui/notify";
import { ReadingDrop } from "@/ui/ReadingDrop";
import { useEdit } from "@/ui/useEdit";
import { useReading } from "@/ui/useReading";
import { keyFrom } from "./draft";
import type { LetterTemplate } from "./nouns";

const LABELS = { name: "Nazwa wzoru", key: "Klucz", file: "Plik Worda" };
const DOCX = [".docx"];
const UNREADABLE = "Nie można przyjąć tego wzoru";
const REFRESHED = { refreshes: ["/api/v1/procedures/", "/api/v1/files/readings/"] } as const;

const LIMITS = { endings: DOCX, maxSize: 10_000_000 };

function useDone(onClose: () => void, sentence: string) {
  return () => {
    onClose();
    notifyDone(sentence);
  };
}

/** A docx becomes a template of the city. */
export function LetterTemplateNew({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Nowy wzór pisma" size="lg">
      <NewFields onClose={onClose} />
    </Modal>
  );
}

function NewFields({ onClose }: { onClose: () => void }) {
  const reading = useReading({ purpose: "procedures.letter_template", ...LIMITS });
  const { file } = reading;
  const create = api.useMutation("post", "/api/v1/procedures/letter-templates/", {
    meta: REFRESHED,
    onSuccess: useDone(onClose, "Dodano wzór pisma."),
  });
  const form = useEdit({ begin: { name: "", key: "" }, labels: LABELS, saving: [create] });
  const usualKey = keyFrom(form.fields.name, [], "pismo");

  return (
    <EditForm
      form={form}
      refused="Nie dodano wzoru"
      save="Dodaj wzór"
      isIncomplete={!file}
      cancel={onClose}
      onSave={({ name, key }) =>
        file && create.mutate({ body: { name: name.trim(), key: key.trim() || usualKey, file } })
      }
    >
      <TextInput {...form.input("name")} maxLength={150} required data-autofocus />
      <TextInput
        {...form.input("key")}
        description="Tak wzór nazywają procedury; później się nie zmienia. Pusty: powstanie z nazwy."
        placeholder={usualKey}
      />
      <div id="file" tabIndex={-1}>
        <ReadingDrop label={LABELS.file} endings={DOCX} reading={reading} refused={UNREADABLE} />
      </div>
    </EditForm>
  );
}

interface ChangeProps {
  template: LetterTemplate | null;
  onClose: () => void;
}

/** Another name, or a newer docx; letters made before keep theirs. */
export function LetterTemplateChange({ template, onClose }: ChangeProps) {
  return (
    <Modal opened={template !== null} onClose={onClose} title={`Zmień wzór: ${template?.name ?? ""}`} size="lg">
      {template && <ChangeFields key={template.id} template={template} onClose={onClose} />}
    </Modal>
  );
}

function ChangeFields({ template, onClose }: { template: LetterTemplate; onClose: () => void }) {
  const reading = useReading({ purpose: "procedures.newer_letter_template", about: template.id, ...LIMITS });
  const { file } = reading;
  const change = api.useMutation("patch", "/api/v1/procedures/letter-templates/{id}/", {
    meta: REFRESHED,
    onSuccess: useDone(onClose, "Zapisano wzór. Nowe pisma powstaną już z niego."),
  });
  const form = useEdit({ begin: { name: template.name }, version: template.version, labels: LABELS, saving: [change] });

  return (
    <EditForm
      form={form}
      refused="Nie zapisano wzoru"
      save="Zapisz"
      isIncomplete={reading.isUnderWay || reading.current?.state === "failed"}
      cancel={onClose}
      onSave={({ name }, header) =>
        change.mutate({
          params: { path: { id: template.id }, header },
          body: { name: name.trim(), ...(file && { file }) },
        })
      }
    >
      <TextInput {...form.input("name")} maxLength={150} required data-autofocus />
      <div id="file" tabIndex={-1}>
        <ReadingDrop
          label="Nowa wersja pliku (bez wyboru zostaje obecna)"
          endings={DOCX}
          reading={reading}
          refused={UNREADABLE}
        />
      </div>
    </EditForm>
  );
}
