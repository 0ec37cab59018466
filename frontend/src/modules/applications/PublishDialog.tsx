import { Checkbox, List, Modal, Text, Textarea, TextInput } from "@mantine/core";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { notifyDone } from "@/ui/notify";
import { useEdit } from "@/ui/useEdit";
import { type Call, momentOf } from "./nouns";

const LABELS = { announces: "Wyślij wiadomość do jednostek", subject: "Temat", body: "Treść", reason: "Powód zmiany" };

/** Publishes the rules, and writes to whom they concern in the same press. */
export function PublishDialog({ call, isOpen, onClose }: { call: Call; isOpen: boolean; onClose: () => void }) {
  const title = call.state === "draft" ? `Ogłosić nabór „${call.title}”?` : "Ogłosić zmiany zasad?";
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} size="lg">
      {isOpen && <PublishForm call={call} onClose={onClose} />}
    </Modal>
  );
}

function PublishForm({ call, onClose }: { call: Call; onClose: () => void }) {
  const navigate = useNavigate();
  const isFirst = call.state === "draft";
  const publish = api.useMutation("post", "/api/v1/applications/calls/{id}/publish/", {
    meta: { refreshes: ["/api/v1/applications/", "/api/v1/messaging/"] },
    onSuccess: async () => {
      onClose();
      await navigate(`/applications/calls/${call.id}`);
      notifyDone(isFirst ? "Ogłoszono nabór." : "Ogłoszono zmiany zasad.");
    },
  });
  const form = useEdit({
    begin: { announces: isFirst && !call.is_test, subject: `Nabór: ${call.title}`, body: bodyOf(call), reason: "" },
    labels: LABELS,
    saving: [publish],
    isFleeting: true,
  });
  const { announces } = form.fields;
  return (
    <EditForm
      form={form}
      refused="Nie ogłoszono"
      save="Ogłoś"
      cancel={onClose}
      onSave={({ subject, body, reason }) =>
        publish.mutate({
          params: { path: { id: call.id } },
          body: {
            announcement: announces ? { subject: subject.trim(), body: body.trim() } : null,
            reason: reason.trim(),
          },
        })
      }
    >
      {isFirst ? (
        <Text>
          Od tej chwili zasady się nie zmienią bez nowego ogłoszenia, a wnioski pójdą według wydania procedury z
          dzisiaj.
        </Text>
      ) : (
        <>
          <Text>O tych zmianach dowiedzą się wszystkie jednostki, które mogą albo mogły składać wnioski:</Text>
          <List>
            {call.changes.map((one) => (
              <List.Item key={one}>{one}</List.Item>
            ))}
          </List>
          <Textarea {...form.input("reason")} autosize minRows={2} />
        </>
      )}
      {isFirst && !call.is_test && <Checkbox {...form.check("announces")} label={LABELS.announces} />}
      {announces && (
        <>
          <TextInput {...form.input("subject", "announcement.subject")} maxLength={200} required />
          <Textarea {...form.input("body", "announcement.body")} autosize minRows={5} required />
        </>
      )}
    </EditForm>
  );
}

function bodyOf({ title, closes_at, rules }: Call): string {
  const until = closes_at === null ? "" : ` Wnioski można składać do ${momentOf(closes_at)}.`;
  const lines = [
    `Ogłaszamy nabór „${title}”.${until}`,
    rules.description,
    "Wniosek rozpoczniesz w zakładce „Wnioski”.",
  ];
  return lines.filter(Boolean).join("\n\n");
}
