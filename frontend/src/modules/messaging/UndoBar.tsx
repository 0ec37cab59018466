import { Button, Text } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { plural } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { ProblemAlert } from "@/ui/ProblemAlert";
import type { Message } from "./nouns";
import classes from "./UndoBar.module.css";

const DETAIL = "/api/v1/messaging/messages/{id}/";

/** Seconds that are left of those that the server told, counted by how much time has passed here since. */
function useCountdown(told: number): number {
  const [until] = useState(() => performance.now() + told * 1000);
  const [left, setLeft] = useState(told);
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1000))), 250);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}

/** While a message has not left: how long its author may still undo, and the press that brings back the draft. */
export function UndoBar({ message, leavesIn }: { message: Message; leavesIn: number }) {
  const left = useCountdown(leavesIn);
  const navigate = useNavigate();
  const cache = useQueryClient();
  const params = { path: { id: message.id } };
  const undo = api.useMutation("post", `${DETAIL}undo/`, {
    onSuccess: async (draft) => {
      cache.setQueryData(api.queryOptions("get", DETAIL, { params }).queryKey, draft);
      notifyDone("Cofnięto wysłanie. Nikt nie dostał tej wiadomości.");
      await navigate(`/messaging/compose/${message.id}`, { replace: true });
    },
    meta: { isRereadWhenRefused: true },
  });

  return (
    <section className={classes.bar} aria-label="Cofnięcie wysłania">
      <div>
        <Text fw={600}>
          {left > 0 ? (
            <span role="timer">
              Wiadomość wyjdzie za {left} {plural(left, "sekundę", "sekundy", "sekund")}.
            </span>
          ) : (
            <span role="status">Wiadomość właśnie wychodzi…</span>
          )}
        </Text>
        <Text size="sm">Możesz zamknąć tę stronę: wiadomość wyjdzie sama.</Text>
        <ProblemAlert error={undo.error} />
      </div>
      <Button
        size="md"
        leftSection={<IconArrowBackUp size={18} aria-hidden />}
        loading={undo.isPending || undo.isSuccess}
        onClick={() => undo.mutate({ params })}
      >
        Cofnij wysłanie
      </Button>
    </section>
  );
}
