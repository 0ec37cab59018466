import { Button, Stack, Text } from "@mantine/core";
import { useSearchParams } from "react-router";
import { api } from "@/api/client";
import { Fold } from "@/ui/Fold";
import { counted, formatDateTime } from "@/ui/format";
import { Questions } from "@/ui/questions/Questions";
import { StatusBadge } from "@/ui/StatusBadge";
import classes from "./MessageQuestions.module.css";
import { DELIVERY } from "./nouns";

const EVERY_MINUTE = 60_000;

/** What addressees have asked of the sender; the address names the one that is open. */
export function MessageQuestions({ id }: { id: string }) {
  const [params, setParams] = useSearchParams();
  const open = params.get("question");
  const threads = api.useQuery(
    "get",
    "/api/v1/threads/of/{kind}/{id}/",
    { params: { path: { kind: DELIVERY, id } } },
    { refetchInterval: EVERY_MINUTE },
  );
  const rows = threads.data ?? [];
  const shown = rows.find(({ subject_id }) => subject_id === open);
  const waiting = rows.filter(({ is_asked }) => is_asked).length;
  const choose = (next: string) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      after.set("question", next);
      return after;
    });
  if (rows.length === 0) {
    return null;
  }
  return (
    <Fold
      key={open === null ? "folded" : "open"}
      title="Pytania adresatów"
      isOpen={open !== null}
      note={
        waiting > 0
          ? `na odpowiedź ${waiting === 1 ? "czeka" : "czekają"} ${counted(waiting, "adresat", "adresaci", "adresatów")}`
          : counted(rows.length, "adresat pytał", "adresaci pytali", "adresatów pytało")
      }
    >
      <Stack>
        <ul className={classes.list} aria-label="Kto pytał">
          {rows.map((one) => (
            <li key={one.id} className={classes.row}>
              <Button variant="subtle" aria-pressed={one.subject_id === open} onClick={() => choose(one.subject_id)}>
                {one.outside}
              </Button>
              {one.is_asked && <StatusBadge tone="warning">czeka na odpowiedź</StatusBadge>}
              <Text size="sm" c="dimmed">
                {formatDateTime(one.at)}
              </Text>
            </li>
          ))}
        </ul>
        {shown && (
          <Questions
            key={shown.subject_id}
            kind={DELIVERY}
            id={shown.subject_id}
            title={`Pyta: ${shown.outside}`}
            outside={shown.outside}
            office="wydział"
            invitation=""
            order={3}
          />
        )}
      </Stack>
    </Fold>
  );
}
