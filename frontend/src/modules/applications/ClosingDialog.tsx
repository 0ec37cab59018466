import { Button, Checkbox, Group, List, Modal, Progress, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { bodyOf, http } from "@/api/client";
import { asProblem } from "@/api/problem";
import { counted } from "@/ui/format";
import type { Matter } from "./nouns";

interface ClosingDialogProps {
  matters: readonly Matter[];
  onClose: () => void;
}

interface Outcome {
  matter: Matter;
  /** Why it was not closed; "" where it was. */
  refusal: string;
}

/** Closes the scoring of many applications, one after another, and says of each what came of it. */
export function ClosingDialog({ matters, onClose }: ClosingDialogProps) {
  // What is listed stays listed, though the list behind is read anew after each closing.
  const [listed] = useState(matters);
  const [chosen, setChosen] = useState(() => listed.filter(({ lacks }) => !lacks).map((one) => one.case));
  const [outcomes, setOutcomes] = useState<Outcome[]>([]);
  const close = useMutation({
    meta: { refreshes: ["/api/v1/applications/", "/api/v1/procedures/"], isRereadWhenRefused: true },
    mutationFn: async () => {
      for (const matter of listed.filter((one) => chosen.includes(one.case))) {
        const refusal = await closed(matter);
        setOutcomes((before) => [...before, { matter, refusal }]);
      }
    },
  });
  const isDone = close.isSuccess;
  const refused = outcomes.filter(({ refusal }) => refusal);
  return (
    <Modal opened onClose={close.isPending ? () => undefined : onClose} title="Zamknij ocenę wniosków" size="lg">
      <Stack>
        {!close.isPending && !isDone && (
          <>
            <Text>Po zamknięciu nikt nie zmieni ocen, dopóki nie otworzysz oceny ponownie.</Text>
            <Stack gap="xs" role="group" aria-label="Wnioski do zamknięcia">
              {listed.map((one) => (
                <Checkbox
                  key={one.case}
                  label={one.title}
                  description={one.lacks || "Komplet ocen albo wymagana ich liczba."}
                  checked={chosen.includes(one.case)}
                  onChange={(event) =>
                    setChosen(
                      event.currentTarget.checked
                        ? [...chosen, one.case]
                        : chosen.filter((matter) => matter !== one.case),
                    )
                  }
                />
              ))}
            </Stack>
          </>
        )}
        {(close.isPending || isDone) && (
          <>
            <Text role="status">
              Zamknięto {outcomes.length - refused.length} z {chosen.length}
              {refused.length > 0 && `, nie udało się: ${refused.length}`}.
            </Text>
            <Progress value={(outcomes.length / chosen.length) * 100} aria-label="Postęp zamykania" />
            <List>
              {outcomes.map(({ matter, refusal }) => (
                <List.Item key={matter.case}>
                  {matter.title}: {refusal || "ocena zamknięta."}
                </List.Item>
              ))}
            </List>
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={close.isPending}>
            {isDone ? "Zamknij okno" : "Anuluj"}
          </Button>
          {!isDone && (
            <Button loading={close.isPending} disabled={chosen.length === 0} onClick={() => close.mutate()}>
              {`Zamknij ocenę: ${counted(chosen.length, "wniosek", "wnioski", "wniosków")}`}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

/** Why the scoring of the application was not closed; "" where it was. */
async function closed(matter: Matter): Promise<string> {
  try {
    const params = { path: { id: matter.case } };
    const body = { action: matter.closing, reason: "" };
    bodyOf(await http.POST("/api/v1/procedures/cases/{id}/perform/", { params, body }));
    return "";
  } catch (refusal) {
    return [asProblem(refusal).detail, matter.lacks].filter(Boolean).join(" ");
  }
}
