import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { api } from "@/api/client";
import { ButtonLink } from "@/ui/ButtonLink";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Fold } from "@/ui/Fold";
import { counted } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { StatusBadge } from "@/ui/StatusBadge";
import { Differences } from "./Differences";
import { NeedList } from "./NeedList";
import type { CatalogueType } from "./nouns";

/** Switching on brings rows of four other rooms. */
const REREAD = {
  meta: {
    refreshes: [
      "/api/v1/catalogue/",
      "/api/v1/procedures/",
      "/api/v1/forms/",
      "/api/v1/budget/",
      "/api/v1/accounts/",
    ] as const,
    isRereadWhenRefused: true,
  },
};

/** One type: whether the city has it, what is missing, what it needs, and the one press that switches it on. */
export function TypeCard({ type }: { type: CatalogueType }) {
  const missing = type.needs.filter(({ state }) => state === "missing");
  const others = type.needs.filter(({ state }) => state !== "missing");
  return (
    <Panel title={type.name} actions={<State type={type} />}>
      <Stack gap="sm">
        <Text>{type.description}</Text>
        <Text size="sm" c="dimmed">
          {counted(type.stages, "etap", "etapy", "etapów")}, we wniosku{" "}
          {counted(type.questions, "pytanie", "pytania", "pytań")}
        </Text>
        {missing.length > 0 && <NeedList title="Czego brakuje" needs={missing} procedure={type.procedure} />}
        {missing.length === 0 && type.problems.length > 0 && (
          <section aria-label="Co zatrzymuje publikację">
            <Text fw={600}>Co zatrzymuje publikację</Text>
            <List size="sm">
              {type.problems.map((sentence) => (
                <List.Item key={sentence}>{sentence}</List.Item>
              ))}
            </List>
          </section>
        )}
        {others.length > 0 && (
          <Fold title="Czego wymaga" order={3} note={countedNeeds(others.length)}>
            <NeedList needs={others} procedure={type.procedure} />
          </Fold>
        )}
        {type.procedure && <Differences type={type} procedure={type.procedure} />}
        <Group gap="xs">
          {(type.state === "absent" || type.state === "draft") && <SwitchOn type={type} />}
          {type.procedure && (
            <ButtonLink variant="default" to={`/procedures/procedures/${type.procedure}`}>
              Otwórz procedurę
            </ButtonLink>
          )}
        </Group>
      </Stack>
    </Panel>
  );
}

const countedNeeds = (count: number): string => counted(count, "rzecz", "rzeczy", "rzeczy");

function State({ type }: { type: CatalogueType }) {
  switch (type.state) {
    case "published":
      return <StatusBadge tone="success">włączony, wydanie {type.number}</StatusBadge>;
    case "draft":
      return <StatusBadge tone="warning">szkic, jeszcze nie działa</StatusBadge>;
    case "archived":
      return <StatusBadge tone="neutral">w archiwum</StatusBadge>;
    default:
      return <StatusBadge tone="neutral">nie ma go w mieście</StatusBadge>;
  }
}

function SwitchOn({ type }: { type: CatalogueType }) {
  const [isAsked, question] = useDisclosure(false);
  const isDraft = type.state === "draft";
  const switchOn = api.useMutation("post", "/api/v1/catalogue/types/{key}/switch-on/", {
    ...REREAD,
    onSuccess: ({ is_published }) => {
      question.close();
      notifyDone(
        is_published
          ? `Typ „${type.name}” jest włączony: można zakładać sprawy.`
          : `Wczytano szkic „${type.name}”. Karta mówi, czego brakuje do publikacji.`,
      );
    },
  });
  const added = type.needs.filter(({ state }) => state === "added").length;
  return (
    <>
      <Button variant="default" onClick={question.open}>
        {isDraft ? "Opublikuj…" : "Włącz…"}
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        title={isDraft ? `Opublikować „${type.name}”?` : `Włączyć „${type.name}”?`}
        confirmLabel={isDraft ? "Opublikuj" : "Włącz"}
        isWorking={switchOn.isPending}
        error={switchOn.error}
        onConfirm={() => switchOn.mutate({ params: { path: { key: type.key } } })}
        onClose={question.close}
      >
        {isDraft
          ? "Od publikacji ci, którzy mogą składać sprawy, zobaczą ją wśród nowych spraw."
          : `Miasto dostanie procedurę z formularzami${
              added > 0 ? ` i to, czego jej brakuje (${countedNeeds(added)})` : ""
            }. Jeśli wszystko jest na miejscu, od razu można zakładać sprawy; jeśli nie, zostanie szkic, a karta powie, czego brakuje.`}
      </ConfirmDialog>
    </>
  );
}
