import { Stack, Text } from "@mantine/core";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { FactList } from "@/ui/FactList";
import { counted, formatDateTime } from "@/ui/format";
import { type Draft, promiseOf, type Reach, reachOf, templateOf, wantsAnything } from "./draft";
import { wantedOf } from "./wanted";

interface SendDialogProps {
  isOpen: boolean;
  draft: Draft;
  reach: Reach | undefined;
  isSending: boolean;
  error: unknown;
  onSend: () => void;
  onClose: () => void;
}

/** The last look: what will happen, in one sentence, and what goes out. */
export function SendDialog({ isOpen, draft, reach, isSending, error, onSend, onClose }: SendDialogProps) {
  if (!reach) {
    return null;
  }
  const { subject, body, files, wanted } = draft;
  const template = files.find(({ file }) => file === templateOf(draft));
  const shownBody = body.trim() ? <Text lineClamp={3}>{body}</Text> : "bez treści";
  const isEmpty = reach.units === 0 && reach.people === 0;
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={titleOf(reach)}
      confirmLabel={reach.acceptance === "none" ? "Wyślij" : "Przekaż do akceptacji"}
      isWorking={isSending}
      error={error}
      onConfirm={onSend}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text fw={600}>{isEmpty ? "Wśród wybranych adresatów nie ma teraz nikogo." : promiseOf(reach, wanted)}</Text>
        <FactList
          facts={[
            ["Temat", subject],
            ["Treść", shownBody],
            ["Adresaci", reachOf(reach)],
            ["Załączniki", files.length > 0 ? files.map(({ name }) => name).join(", ") : "bez załączników"],
            ...(wantsAnything(wanted)
              ? ([
                  [
                    "Prosisz o",
                    wantedOf({
                      wants_text: wanted.wantsText,
                      wants_files: wanted.wantsFiles,
                      wants_workbook: wanted.wantsWorkbook,
                    }),
                  ],
                  ...(wanted.wantsWorkbook && template ? ([["Do wypełnienia", template.name]] as const) : []),
                  ...(wanted.locksAt ? ([["Zamknięcie", formatDateTime(wanted.locksAt)]] as const) : []),
                ] as const)
              : []),
          ]}
        />
        <Text size="sm" c="dimmed">
          {reach.acceptance === "none"
            ? undoOf(reach)
            : "Do czasu decyzji wiadomości i listy adresatów nie można zmienić. Powiadomimy Cię o decyzji."}
        </Text>
      </Stack>
    </ConfirmDialog>
  );
}

/** Whether the press can be taken back, and how. */
function undoOf({ undo_seconds: seconds }: Reach): string {
  const recall = "Potem wycofasz ją tylko u tych, którzy jej jeszcze nie otworzyli.";
  return seconds === 0
    ? "Wiadomość wyjdzie od razu. Zmienić jej nie można; wycofasz ją tylko u tych, którzy jej jeszcze nie otworzyli."
    : `Przez ${counted(seconds, "sekundę", "sekundy", "sekund")} możesz cofnąć wysłanie. ${recall}`;
}

function titleOf(reach: Reach): string {
  if (reach.units === 0 && reach.people === 0) {
    return "Wysłać?";
  }
  return reach.acceptance === "none"
    ? `Wysłać do ${reach.after_do}?`
    : `Przekazać do akceptacji wiadomość do ${reach.after_do}?`;
}
