import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useParams } from "react-router";
import { api, bodyOf, http, seen } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useHistory } from "@/ui/history";
import { notifyRefused } from "@/ui/notify";
import { isOvertaken, OvertakenNote } from "@/ui/OvertakenNote";
import { useAutosave } from "@/ui/useAutosave";
import { type Draft, readDraft } from "./draft";
import { Editor } from "./Editor";
import type { ProcedureDetails } from "./nouns";

const DETAIL = "/api/v1/procedures/procedures/{id}/";

/** The editor of a procedure's draft: it saves itself, and tells what stands in the way of publishing. */
export function ProcedureEdit() {
  const { id = "" } = useParams();
  const { data: procedure } = api.useSuspenseQuery("get", DETAIL, { params: { path: { id } } });
  return <Kept key={id} loaded={procedure} />;
}

/** Keeps the draft on the server while it is edited, also against somebody else who edits it. */
function Kept({ loaded }: { loaded: ProcedureDetails }) {
  const [asLoaded] = useState(loaded);
  const history = useHistory(readDraft(asLoaded.draft));
  const version = useRef(asLoaded.version);
  const cache = useQueryClient();
  const params = { path: { id: asLoaded.id } };
  const { queryKey } = api.queryOptions("get", DETAIL, { params });

  const keep = (procedure: ProcedureDetails) => {
    version.current = procedure.version;
    cache.setQueryData(queryKey, procedure);
  };
  const save = async (draft: Draft) =>
    keep(
      bodyOf(
        await http.PATCH(DETAIL, {
          params: { ...params, header: seen(version.current) },
          body: { draft: { ...draft } },
        }),
      ),
    );
  const autosave = useAutosave(history.present, save);
  useSavingOnLeave(autosave.flush);

  const readNewest = async () => bodyOf(await http.GET(DETAIL, { params }));
  const insist = async () => {
    version.current = (await readNewest()).version;
    await autosave.flush();
  };
  const giveWay = async () => {
    const newest = await readNewest();
    keep(newest);
    history.edit(readDraft(newest.draft), "wczytanie tamtej wersji");
  };
  const isTold = autosave.state === "failed";
  const isChangedMeanwhile = isTold && isOvertaken(autosave.error);

  return (
    <Editor procedure={loaded} history={history} autosave={autosave}>
      {isTold && (
        <Alert
          color="danger"
          icon={<IconAlertTriangle aria-hidden />}
          title={isChangedMeanwhile ? "Zmieniono tę procedurę w międzyczasie" : "Szkic nie jest zapisany"}
          role="alert"
        >
          {isChangedMeanwhile ? (
            <OvertakenNote error={autosave.error} />
          ) : (
            <Text c="var(--mantine-color-text)">{asProblem(autosave.error).detail}</Text>
          )}
          <Group gap="xs" mt="sm">
            {isChangedMeanwhile ? (
              <>
                <Button variant="default" size="sm" onClick={() => void giveWay().catch(notifyRefused)}>
                  Wczytaj tamtą wersję
                </Button>
                <Button variant="default" size="sm" onClick={() => void insist().catch(notifyRefused)}>
                  Zapisz moją zamiast tamtej
                </Button>
              </>
            ) : (
              <Button variant="default" size="sm" onClick={() => autosave.flush().catch(() => undefined)}>
                Zapisz teraz
              </Button>
            )}
          </Group>
        </Alert>
      )}
    </Editor>
  );
}

/** What was changed within the last second is kept too when the person goes to another screen. */
function useSavingOnLeave(flush: () => Promise<void>) {
  const newest = useRef(flush);
  useEffect(() => {
    newest.current = flush;
  });
  useEffect(
    () => () => {
      newest.current().catch(notifyRefused);
    },
    [],
  );
}
