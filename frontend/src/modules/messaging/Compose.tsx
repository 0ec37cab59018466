import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Navigate, useLocation, useNavigate, useParams } from "react-router";
import { api, bodyOf, http, seen } from "@/api/client";
import { asProblem } from "@/api/problem";
import { notifyRefused } from "@/ui/notify";
import { useBegunDraft } from "./begun";
import { DraftForm } from "./DraftForm";
import { type Draft, draftBody, draftOf, EMPTY_DRAFT } from "./draft";
import type { Message } from "./nouns";

const DETAIL = "/api/v1/messaging/messages/{id}/";
const ALREADY_SENT = "message_already_sent";

/** The screen of a form survives the moment when a new draft gets its address: its entry in the history carries its name on. */
function formName(location: ReturnType<typeof useLocation>): string {
  const state: unknown = location.state;
  const isCarried = typeof state === "object" && state !== null && "form" in state && typeof state.form === "string";
  return isCarried ? String(state.form) : location.key;
}

/** Writes a message: a new one, or a draft begun before. */
export function Compose() {
  const { id } = useParams();
  const name = formName(useLocation());
  return <Begun key={name} id={id} name={name} />;
}

function Begun({ id, name }: { id: string | undefined; name: string }) {
  const [begunAs] = useState(id);
  return begunAs === undefined ? <NewDraft name={name} /> : <LoadedDraft id={begunAs} name={name} />;
}

function NewDraft({ name }: { name: string }) {
  const begun = useBegunDraft();
  return <DraftEditor loaded={null} begunWith={begun} name={name} />;
}

function LoadedDraft({ id, name }: { id: string; name: string }) {
  const { data: message } = api.useSuspenseQuery("get", DETAIL, { params: { path: { id } } });
  const [asLoaded] = useState(message);
  if (asLoaded.state !== "draft") {
    return <Navigate to={`/messaging/messages/${id}`} replace />;
  }
  return <DraftEditor loaded={asLoaded} name={name} />;
}

interface DraftEditorProps {
  /** Null for one that begins. */
  loaded: Message | null;
  /** What one that begins says already. */
  begunWith?: Draft;
  name: string;
}

/** Knows where the draft is kept: the first save creates it and gives the screen its address. */
function DraftEditor({ loaded, begunWith = EMPTY_DRAFT, name }: DraftEditorProps) {
  const [kept] = useState<{ id: string | null; version: string; missing: Message["missing"] }>(() => ({
    id: loaded?.id ?? null,
    version: loaded?.version ?? "",
    missing: loaded?.missing ?? [],
  }));
  const [begun, setBegun] = useState({ draft: loaded ? draftOf(loaded) : begunWith, times: 0 });
  const cache = useQueryClient();
  const navigate = useNavigate();

  const keyOf = (message: string) => api.queryOptions("get", DETAIL, { params: { path: { id: message } } }).queryKey;
  const remember = (message: Message) => {
    kept.version = message.version;
    kept.missing = message.missing;
    cache.setQueryData(keyOf(message.id), message);
  };
  const newest = async () => bodyOf(await http.GET(DETAIL, { params: { path: { id: kept.id ?? "" } } }));

  const save = async (draft: Draft, isOnScreen: boolean) => {
    const body = draftBody(draft);
    if (kept.id !== null) {
      const params = { path: { id: kept.id }, header: seen(kept.version) };
      remember(bodyOf(await http.PATCH(DETAIL, { params, body })));
      return;
    }
    const created = bodyOf(await http.POST("/api/v1/messaging/messages/", { body }));
    kept.id = created.id;
    remember(created);
    if (isOnScreen) {
      await navigate(`/messaging/compose/${created.id}`, {
        replace: true,
        preventScrollReset: true,
        state: { form: name, isSameScreen: true },
      });
    }
  };

  const send = async () => {
    if (kept.id === null) {
      throw new Error("A draft is saved before it is sent.");
    }
    try {
      remember(bodyOf(await http.POST(`${DETAIL}send/`, { params: { path: { id: kept.id } } })));
    } catch (error) {
      if (asProblem(error).code !== ALREADY_SENT) {
        throw error;
      }
      cache.removeQueries({ queryKey: keyOf(kept.id) }); // what is remembered is still a draft
    }
    return kept.id;
  };

  return (
    <DraftForm
      key={begun.times}
      initial={begun.draft}
      returned={loaded?.returned ?? null}
      save={save}
      missingIn={async (draft) => {
        if (kept.id === null) {
          await save(draft, true);
        }
        return kept.missing;
      }}
      send={send}
      overtaken={{
        read: async () => draftOf(await newest()),
        takeTheirs: async () => {
          try {
            const message = await newest();
            remember(message);
            setBegun({ draft: draftOf(message), times: begun.times + 1 });
          } catch (error) {
            notifyRefused(error);
          }
        },
        keepMine: async () => {
          kept.version = (await newest()).version;
        },
      }}
    />
  );
}
