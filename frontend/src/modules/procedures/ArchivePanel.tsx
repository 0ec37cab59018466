import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { api } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import type { ProcedureDetails } from "./nouns";

/** Puts a procedure away, so that nobody opens new matters; those that run go on. */
export function ArchivePanel({ procedure }: { procedure: ProcedureDetails }) {
  const [isAsked, question] = useDisclosure(false);
  const archive = api.useMutation("post", "/api/v1/procedures/procedures/{id}/archive/", {
    onSuccess: ({ is_archived }) => {
      question.close();
      notifyDone(is_archived ? "Procedura jest w archiwum." : "Procedura wróciła z archiwum.");
    },
    onError: (error) => procedure.is_archived && notifyRefused(error),
  });
  const params = { path: { id: procedure.id } };
  if (procedure.is_archived && procedure.can.includes("restore")) {
    return (
      <Panel title="Archiwum">
        <Text mb="sm">Procedura jest w archiwum: nikt nie założy według niej nowej sprawy.</Text>
        <Button
          variant="default"
          loading={archive.isPending}
          onClick={() => archive.mutate({ params, body: { is_archived: false } })}
        >
          Przywróć z archiwum
        </Button>
      </Panel>
    );
  }
  if (!procedure.can.includes("archive")) {
    return null;
  }
  return (
    <Panel title="Archiwum">
      <Text mb="sm">Procedury z archiwum nikt nie wybierze dla nowej sprawy. Sprawy w toku idą dalej.</Text>
      <Button variant="default" onClick={question.open}>
        Przenieś do archiwum…
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        title={`Przenieść do archiwum „${procedure.name}”?`}
        confirmLabel="Przenieś do archiwum"
        isWorking={archive.isPending}
        error={archive.error}
        onConfirm={() => archive.mutate({ params, body: { is_archived: true } })}
        onClose={question.close}
      >
        Nowych spraw nie będzie można zakładać. Trwające pójdą do końca.
      </ConfirmDialog>
    </Panel>
  );
}
