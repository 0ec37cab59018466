import { Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { api, type Schemas } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { notifyDone } from "@/ui/notify";

interface ShowAnswerProps {
  post: Schemas["PostOut"];
  /** What was asked, to begin with. */
  question: string;
  onClose: () => void;
}

/** Before all addressees read an answer: in which words the question stands there, for it may name who asked. */
export function ShowAnswer({ post, question, onClose }: ShowAnswerProps) {
  const [words, setWords] = useState(question);
  const show = api.useMutation("post", "/api/v1/threads/posts/{id}/show/", {
    onSuccess: () => {
      notifyDone("Odpowiedź widzą teraz wszyscy adresaci.");
      onClose();
    },
  });
  return (
    <ConfirmDialog
      isOpen
      title="Pokazać odpowiedź wszystkim adresatom?"
      confirmLabel="Pokaż wszystkim"
      isWorking={show.isPending}
      isReady={words.trim() !== ""}
      error={show.error}
      onConfirm={() => show.mutate({ params: { path: { id: post.id } }, body: { question: words } })}
      onClose={onClose}
    >
      <Stack>
        <Text>Zobaczą pytanie i odpowiedź, bez nazwy tego, kto pytał. Usuń z pytania to, co go zdradza.</Text>
        <Textarea
          label="Pytanie, jak je przeczytają"
          autosize
          minRows={3}
          maxLength={2000}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          data-autofocus
        />
      </Stack>
    </ConfirmDialog>
  );
}
