import { Alert, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { FileLinks } from "@/ui/FileLinks";
import { counted, formatDateTime } from "@/ui/format";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import classes from "./AnswerFate.module.css";
import { type Answer, answerFileAddress } from "./nouns";

interface AnswerFateProps {
  /** Newest first; at least one. */
  answers: readonly Answer[];
}

/** What was sent, when and by whom; the newest version counts, the earlier ones are folded away. */
export function AnswerFate({ answers }: AnswerFateProps) {
  const [newest, ...earlier] = answers;
  return (
    <Stack gap="sm">
      {newest && <Version answer={newest} />}
      {earlier.length > 0 && (
        <details className={classes.earlier}>
          <summary>
            {counted(earlier.length, "wcześniejsza wersja", "wcześniejsze wersje", "wcześniejszych wersji")}
          </summary>
          <Stack mt="sm">
            {earlier.map((answer) => (
              <Version key={answer.id} answer={answer} />
            ))}
          </Stack>
        </details>
      )}
    </Stack>
  );
}

function Version({ answer }: { answer: Answer }) {
  return (
    <div className={classes.version}>
      <Text fw={600}>
        Wersja {answer.version}{" "}
        <StatusBadge tone={answer.is_late ? "warning" : "success"}>
          {answer.is_late ? "po terminie" : "w terminie"}
        </StatusBadge>
      </Text>
      <Text size="sm" c="dimmed" mb="xs">
        {formatDateTime(answer.sent_at)}, {answer.author} ·{" "}
        <TextLink to={`/messaging/answers/${answer.id}/receipt`}>Potwierdzenie</TextLink>
      </Text>
      {answer.entered && (
        <Text size="sm" fw={600} mb="xs">
          {answer.entered}
        </Text>
      )}
      {answer.text && <Text className={classes.text}>{answer.text}</Text>}
      {answer.files.length > 0 && (
        <FileLinks label={`Pliki wersji ${answer.version}`} files={answer.files} addressOf={answerFileAddress} />
      )}
      {answer.problem && (
        <Alert
          mt="xs"
          role="note"
          color="caution"
          icon={<IconAlertTriangle aria-hidden />}
          title="Wysłano mimo ostrzeżenia"
        >
          <Text c="var(--mantine-color-text)">{answer.problem}</Text>
        </Alert>
      )}
    </div>
  );
}
