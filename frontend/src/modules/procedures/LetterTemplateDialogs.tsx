import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { api, underPath } from "@/api/client";
import { FileDrop } from "@/ui/FileDrop";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { notifyDone } from "@/ui/notify";
import { useUploads } from "@/ui/useUploads";
import { keyFrom } from "./draft";
import { type LetterTemplate, PROCEDURES } from "./nouns";

const LABELS = { name: "Nazwa wzoru", key: "Klucz", file: "Plik Worda" };
const DOCX = { endings: [".docx"], maxSize: 10_000_000 };

function useDone(onClose: () => void, sentence: string) {
  const cache = useQueryClient();
  return async () => {
    onClose();
    notifyDone(sentence);
    await cache.invalidateQueries({ predicate: underPath(`${PROCEDURES}letter-templates/`) });
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
  const [name, setName] = useState("");
  const [key, setKey] = useState("");
  const uploads = useUploads(DOCX);
  const file = uploads.stored[0]?.id;
  const create = api.useMutation("post", "/api/v1/procedures/letter-templates/", {
    onSuccess: useDone(onClose, "Dodano wzór pisma."),
  });
  const usualKey = keyFrom(name, [], "pismo");

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (file) {
      create.mutate({ body: { name: name.trim(), key: key.trim() || usualKey, file } });
    }
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormErrorSummary error={create.error} labels={LABELS} title="Nie dodano wzoru" />
        <TextInput
          id="name"
          label={LABELS.name}
          value={name}
          maxLength={150}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errorOf(create.error, "name")}
          required
          data-autofocus
        />
        <TextInput
          id="key"
          label={LABELS.key}
          description="Tak wzór nazywają procedury; później się nie zmienia. Pusty: powstanie z nazwy."
          placeholder={usualKey}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          error={errorOf(create.error, "key")}
        />
        <div id="file" tabIndex={-1}>
          <FileDrop
            label={LABELS.file}
            uploads={uploads}
            accept=".docx"
            isSingle
            error={errorOf(create.error, "file")}
          />
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Anuluj
          </Button>
          <Button type="submit" loading={create.isPending} disabled={!file || name.trim() === ""}>
            Dodaj wzór
          </Button>
        </Group>
      </Stack>
    </form>
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
  const [name, setName] = useState(template.name);
  const uploads = useUploads(DOCX);
  const file = uploads.stored[0]?.id;
  const change = api.useMutation("patch", "/api/v1/procedures/letter-templates/{id}/", {
    onSuccess: useDone(onClose, "Zapisano wzór. Nowe pisma powstaną już z niego."),
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    change.mutate({ params: { path: { id: template.id } }, body: { name: name.trim(), ...(file && { file }) } });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormErrorSummary error={change.error} labels={LABELS} title="Nie zapisano wzoru" />
        <TextInput
          id="name"
          label={LABELS.name}
          value={name}
          maxLength={150}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errorOf(change.error, "name")}
          required
          data-autofocus
        />
        <div id="file" tabIndex={-1}>
          <FileDrop
            label="Nowa wersja pliku (bez wyboru zostaje obecna)"
            uploads={uploads}
            accept=".docx"
            isSingle
            error={errorOf(change.error, "file")}
          />
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Anuluj
          </Button>
          <Button type="submit" loading={change.isPending} disabled={uploads.isSending || name.trim() === ""}>
            Zapisz
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
