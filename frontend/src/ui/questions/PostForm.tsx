import { Button, Checkbox, Stack, Textarea } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { api } from "@/api/client";
import { FileDrop } from "@/ui/FileDrop";
import { notifyDone } from "@/ui/notify";
import { ProblemAlert } from "@/ui/ProblemAlert";
import type { Thread } from "@/ui/questions/Questions";
import { useUploads } from "@/ui/useUploads";

/** Asks the other side, or answers it: what answers a question waits for nobody unless it asks again. */
export function PostForm({ thread, other }: { thread: Thread; other: string }) {
  const [isOpen, setOpen] = useState(thread.is_asked);
  const [text, setText] = useState("");
  const [wantsAnswer, setWantsAnswer] = useState<boolean | null>(null);
  const uploads = useUploads();
  const isAnswer = thread.is_asked;
  const asks = wantsAnswer ?? !isAnswer;
  const write = api.useMutation("post", "/api/v1/threads/about/{kind}/{id}/", {
    onSuccess: () => {
      setText("");
      setWantsAnswer(null);
      setOpen(false);
      uploads.clear();
      notifyDone(asks ? "Pytanie wysłane. Damy znać, gdy przyjdzie odpowiedź." : "Odpowiedź wysłana.");
    },
  });
  if (!isOpen && !isAnswer) {
    return (
      <div>
        <Button variant="default" onClick={() => setOpen(true)}>
          {thread.posts.length === 0 ? "Zadaj pytanie" : "Napisz"}
        </Button>
      </div>
    );
  }
  const send = (event: FormEvent) => {
    event.preventDefault();
    write.mutate({
      params: { path: { kind: thread.subject_kind, id: thread.subject_id } },
      body: { text, wants_answer: asks, files: uploads.stored.map(({ id }) => id) },
    });
  };
  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        <Textarea
          label={isAnswer ? "Odpowiedź" : "Treść"}
          autosize
          minRows={3}
          maxLength={5000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <FileDrop label="Pliki do pytania lub odpowiedzi" uploads={uploads} />
        <Checkbox
          label={`to pytanie, czeka na odpowiedź (${other})`}
          checked={asks}
          onChange={(event) => setWantsAnswer(event.currentTarget.checked)}
        />
        <ProblemAlert error={write.error} title="Nie wysłano" />
        <div>
          <Button
            type="submit"
            variant="default"
            leftSection={<IconSend size={18} aria-hidden />}
            loading={write.isPending}
            disabled={uploads.isSending || (text.trim() === "" && uploads.stored.length === 0)}
          >
            {isAnswer ? "Wyślij odpowiedź" : "Wyślij"}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
