import { Button, Modal, Paper, Stack, Text } from "@mantine/core";
import { AnswerText } from "@/ui/filling/AnswerText";
import type { Answer, FormDocument, QuestionDocument } from "@/ui/filling/definition";
import { rowsOf } from "@/ui/filling/TableField";
import { questionAt } from "./draft";
import type { Clash } from "./SheetKeeper";

interface ClashDialogProps {
  clashes: readonly Clash[];
  definition: FormDocument;
  onChoose: (key: string, whose: "mine" | "theirs") => void;
}

/** Two people, or two tabs, have answered the same questions: both answers are shown, one after another, and one is chosen. */
export function ClashDialog({ clashes, definition, onChoose }: ClashDialogProps) {
  const [clash] = clashes;
  const question = clash && questionAt(definition, clash.key);
  return (
    <Modal
      opened={clash !== undefined}
      onClose={() => undefined}
      title="Na to samo pytanie odpowiedziano też gdzie indziej"
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size="lg"
    >
      {clash && question && (
        <Stack>
          <Text>
            {question.label}
            {clashes.length > 1 && ` (jeszcze ${clashes.length - 1})`}
          </Text>
          {(
            [
              ["mine", "Twoja odpowiedź", clash.mine, "Zostaw moją"],
              [
                "theirs",
                "Odpowiedź zapisana w innej karcie albo przez drugą osobę",
                clash.theirs,
                "Przyjmij tę odpowiedź",
              ],
            ] as const
          ).map(([whose, title, answer, label]) => (
            <Paper key={whose} component="section" aria-label={title}>
              <Text size="sm" c="dimmed">
                {title}
              </Text>
              <div style={{ margin: "0.25rem 0 0.5rem" }}>
                <Told question={question} answer={answer} />
              </div>
              <Button
                variant="default"
                size="sm"
                onClick={() => onChoose(clash.key, whose)}
                aria-label={`${label}: ${question.label}`}
              >
                {label}
              </Button>
            </Paper>
          ))}
        </Stack>
      )}
    </Modal>
  );
}

function Told({ question, answer }: { question: QuestionDocument; answer: Answer }) {
  if (question.type !== "table") {
    return <AnswerText question={question} answer={answer} />;
  }
  const columns = question.options?.columns ?? [];
  return (
    <ol style={{ margin: 0, paddingLeft: "1.4rem" }}>
      {rowsOf(answer).map((row) => (
        <li key={row.id}>
          {columns.map((column, at) => (
            <span key={column.key}>
              {at > 0 && "; "}
              {column.label}: <AnswerText question={column} answer={row[column.key] ?? null} />
            </span>
          ))}
        </li>
      ))}
    </ol>
  );
}
