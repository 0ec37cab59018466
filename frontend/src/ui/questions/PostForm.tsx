import { Button, Checkbox, Textarea } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { FileDrop } from "@/ui/FileDrop";
import { notifyDone } from "@/ui/notify";
import type { Thread } from "@/ui/questions/Questions";
import { useEdit } from "@/ui/useEdit";
import { useUploads } from "@/ui/useUploads";

/** Asks the other side, or answers it: what answers a question waits for nobody unless it asks again. */
export function PostForm({ thread }: { thread: Thread }) {
  const [isOpen, setOpen] = useState(thread.is_asked);
  const uploads = useUploads();
  const isAnswer = thread.is_asked;
  const write = api.useMutation("post", "/api/v1/threads/about/{kind}/{id}/", {
    onSuccess: (_, asked) => {
      form.reset();
      setOpen(false);
      uploads.clear();
      notifyDone(
        asked.body?.wants_answer ? "Pytanie wysłane. Damy znać, gdy przyjdzie odpowiedź." : "Odpowiedź wysłana.",
      );
    },
  });
  const form = useEdit({
    begin: { text: "", wants_answer: !isAnswer },
    labels: {
      text: isAnswer ? "Odpowiedź" : "Treść",
      wants_answer: isAnswer ? "Też o coś pytam i czekam na odpowiedź" : "Czekam na odpowiedź",
    },
    saving: [write],
    keptAs: `post.${thread.subject_kind}.${thread.subject_id}`,
  });
  if (!isOpen && !isAnswer && form.fields.text === "") {
    return (
      <div>
        <Button variant="default" onClick={() => setOpen(true)}>
          {thread.posts.length === 0 ? "Zadaj pytanie" : "Napisz"}
        </Button>
      </div>
    );
  }
  return (
    <EditForm
      form={form}
      gap="sm"
      refused="Nie wysłano"
      save={isAnswer ? "Wyślij odpowiedź" : "Wyślij"}
      press={{
        variant: "default",
        leftSection: <IconSend size={18} aria-hidden />,
        loading: write.isPending || uploads.isSending,
      }}
      onSave={(fields) =>
        write.mutate({
          params: { path: { kind: thread.subject_kind, id: thread.subject_id } },
          body: { ...fields, files: uploads.stored.map(({ id }) => id) },
        })
      }
    >
      <Textarea {...form.input("text")} autosize minRows={3} maxLength={5000} />
      <FileDrop label="Pliki, jeśli są potrzebne" uploads={uploads} />
      <Checkbox {...form.check("wants_answer")} label={form.labels.wants_answer} />
    </EditForm>
  );
}
