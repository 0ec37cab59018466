import { ActionIcon, Button, Group, Stack, Tabs } from "@mantine/core";
import { useHotkeys, useMediaQuery } from "@mantine/hooks";
import { IconArrowBackUp, IconArrowForwardUp, IconDownload, IconPlayerPlay } from "@tabler/icons-react";
import { type ReactNode, useRef, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { AutosaveStatus } from "@/ui/AutosaveStatus";
import { DownloadButton } from "@/ui/DownloadButton";
import { formatDate } from "@/ui/format";
import type { History } from "@/ui/history";
import { PageHeader } from "@/ui/PageHeader";
import { oneOf } from "@/ui/tableView";
import type { Autosave } from "@/ui/useAutosave";
import { type Chosen, stillThere } from "./chosen";
import type { Draft } from "./draft";
import classes from "./Editor.module.css";
import { PROCEDURES, type ProcedureDetails, type ProcedureProblem } from "./nouns";
import { ProblemList } from "./ProblemList";
import { ProcedureSettings } from "./ProcedureSettings";
import { placeOf } from "./problems";
import { Stages } from "./Stages";

const VIEWS = ["board", "outline", "settings"] as const;

interface EditorProps {
  procedure: ProcedureDetails;
  history: History<Draft>;
  autosave: Autosave;
  /** What has to be told about saving. */
  children: ReactNode;
}

/** The draft in two equal views, the board and the outline, and beside them all about what was chosen. */
export function Editor({ procedure, history, autosave, children }: EditorProps) {
  const draft = history.present;
  const [params, setParams] = useSearchParams();
  const isNarrow = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const view = oneOf(params.get("view") ?? undefined, VIEWS) ?? (isNarrow ? "outline" : "board");
  const setView = (next: string) => setParams({ view: next }, { replace: true });
  const [chosenBefore, choose] = useState<Chosen | null>(null);
  const chosen = stillThere(draft, chosenBefore);
  const panel = useRef<HTMLElement>(null);
  useHotkeys([
    ["mod+Z", () => history.undo()],
    ["mod+Y", () => history.redo()],
    ["mod+shift+Z", () => history.redo()],
  ]);

  const open = (problem: ProcedureProblem) => {
    const place = placeOf(draft, problem);
    choose(place);
    if (place === null && problem.path !== "stages") {
      setView("settings");
    } else if (view === "settings") {
      setView(isNarrow ? "outline" : "board");
    }
    requestAnimationFrame(() => panel.current?.querySelector<HTMLElement>("input")?.focus());
  };

  return (
    <>
      <PageHeader
        title={draft.name || "Procedura bez nazwy"}
        description={stateOf(procedure)}
        back={{ to: "/procedures/procedures", label: "Procedury" }}
        actions={<Deeds procedure={procedure} autosave={autosave} />}
      />
      <Stack>
        {children}
        <ProblemList problems={procedure.problems} onOpen={open} />
        <Tabs value={view} onChange={(next) => next && setView(next)} keepMounted={false}>
          <div className={classes.bar}>
            <Tabs.List>
              <Tabs.Tab value="board">Tablica</Tabs.Tab>
              <Tabs.Tab value="outline">Spis etapów</Tabs.Tab>
              <Tabs.Tab value="settings">Ustawienia</Tabs.Tab>
            </Tabs.List>
            <Tools history={history} autosave={autosave} />
          </div>
          {view === "settings" ? (
            <Tabs.Panel value="settings" pt="md">
              <ProcedureSettings
                draft={draft}
                procedure={procedure}
                onChange={(next) => history.edit(next, "ustawienia")}
              />
            </Tabs.Panel>
          ) : (
            <Tabs.Panel value={view} pt="md">
              <Stages
                view={view}
                procedure={procedure}
                history={history}
                chosen={chosen}
                choose={choose}
                panel={panel}
              />
            </Tabs.Panel>
          )}
        </Tabs>
      </Stack>
    </>
  );
}

function stateOf({ revisions, is_archived }: ProcedureDetails): string {
  const newest = revisions.toSorted((one, other) => other.number - one.number)[0];
  const published = newest
    ? `Obowiązuje wydanie ${newest.number} z ${formatDate(newest.published_at)}. Edytujesz szkic następnego.`
    : "Szkic; jeszcze nie opublikowano.";
  return is_archived ? `W archiwum: nowych spraw nie można zakładać. ${published}` : published;
}

function Deeds({ procedure, autosave }: Pick<EditorProps, "procedure" | "autosave">) {
  const navigate = useNavigate();
  const at = `/procedures/procedures/${procedure.id}`;
  const go = async (to: string) => {
    try {
      await autosave.flush();
    } catch {
      return; // told above the board
    }
    await navigate(to);
  };
  return (
    <>
      <DownloadButton
        href={`${PROCEDURES}procedures/${procedure.id}/export/`}
        leftSection={<IconDownload size={18} aria-hidden />}
      >
        Zapisz do pliku
      </DownloadButton>
      <Button
        variant="default"
        leftSection={<IconPlayerPlay size={18} aria-hidden />}
        onClick={() => void go(`${at}/simulator`)}
      >
        Wypróbuj
      </Button>
      {procedure.can.includes("publish") && <Button onClick={() => void go(`${at}/publish`)}>Opublikuj…</Button>}
    </>
  );
}

function Tools({ history, autosave }: Pick<EditorProps, "history" | "autosave">) {
  return (
    <Group gap="xs">
      <AutosaveStatus autosave={autosave} />
      <ActionIcon
        variant="default"
        size="lg"
        aria-label="Cofnij zmianę"
        disabled={history.undoable === null}
        onClick={() => history.undo()}
      >
        <IconArrowBackUp size={18} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label="Ponów zmianę"
        disabled={history.redoable === null}
        onClick={() => history.redo()}
      >
        <IconArrowForwardUp size={18} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
