import { Button, List, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Fold } from "@/ui/Fold";
import { counted } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import type { CatalogueType } from "./nouns";

/** What is otherwise in the catalogue's edition, in words, and the press that puts that edition into the drafts. */
export function Differences({ type, procedure }: { type: CatalogueType; procedure: string }) {
  const [isAsked, question] = useDisclosure(false);
  const navigate = useNavigate();
  const take = api.useMutation("post", "/api/v1/catalogue/types/{key}/edition/", {
    meta: { refreshes: ["/api/v1/catalogue/", "/api/v1/procedures/", "/api/v1/forms/"] },
    onSuccess: async () => {
      notifyDone("Wydanie z katalogu jest w szkicu. Nic jeszcze nie jest opublikowane.");
      await navigate(`/procedures/procedures/${procedure}`);
    },
  });
  if (type.differences.length === 0) {
    return <Text size="sm">Tak samo jak w katalogu.</Text>;
  }
  const parts = [...new Set(type.differences.map(({ about }) => about))];
  return (
    <Fold
      title="Inaczej niż w katalogu"
      order={3}
      note={counted(type.differences.length, "różnica", "różnice", "różnic")}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          „Było” znaczy: tak jest w mieście. „Jest” znaczy: tak jest w katalogu.
        </Text>
        {parts.map((part) => (
          <section key={part} aria-label={part}>
            <Text fw={600} size="sm">
              {part}
            </Text>
            <List size="sm">
              {type.differences
                .filter(({ about }) => about === part)
                .map(({ sentence }) => (
                  <List.Item key={sentence}>{sentence}</List.Item>
                ))}
            </List>
          </section>
        ))}
        <div>
          <Button variant="default" onClick={question.open}>
            Weź wydanie z katalogu do szkicu…
          </Button>
        </div>
      </Stack>
      <ConfirmDialog
        isOpen={isAsked}
        title="Wziąć wydanie z katalogu do szkicu?"
        confirmLabel="Weź do szkicu"
        isWorking={take.isPending}
        error={take.error}
        onConfirm={() =>
          take.mutate({ params: { path: { key: type.key } }, body: { draft_version: type.draft_version } })
        }
        onClose={question.close}
      >
        Szkice procedury i jej formularzy z katalogu zostaną zastąpione tym, co jest w katalogu; zmiany procedury,
        których nie opublikowano, znikną. Formularze, które miasto zrobiło samo, zostają bez zmian. Sprawy w toku i
        opublikowane wydania zostają, dopóki szkiców nie opublikujesz.
      </ConfirmDialog>
    </Fold>
  );
}
