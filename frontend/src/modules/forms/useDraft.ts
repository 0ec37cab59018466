import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { api, bodyOf, http, seen } from "@/api/client";
import { asDefinition } from "@/ui/filling/definition";
import { useHistory } from "@/ui/history";
import { notifyRefused } from "@/ui/notify";
import { isOvertaken } from "@/ui/OvertakenNote";
import { useAutosave } from "@/ui/useAutosave";
import { allKeys } from "./draft";
import type { Form } from "./nouns";

const DETAIL = "/api/v1/forms/forms/{id}/";
const PAUSE_MS = 900;

interface Names {
  name: string;
  description: string;
}

/** A form's draft in hand: edited with a way back, saved by itself, its faults as the server last told them. */
export function useDraft(loaded: Form) {
  const cache = useQueryClient();
  const history = useHistory(asDefinition(loaded.draft));
  const [names, setNames] = useState<Names>({ name: loaded.name, description: loaded.description });
  const [saved, setSaved] = useState(loaded);
  // Keys that a published revision may carry, and answers with it. What is added from now on is free.
  const [fixed] = useState(() =>
    loaded.revisions.length > 0 ? allKeys(asDefinition(loaded.draft)) : new Set<string>(),
  );
  const version = useRef(loaded.version);
  const known = useRef<Names>(names);
  const path = { id: loaded.id };

  const remember = (form: Form) => {
    version.current = form.version;
    setSaved(form);
    cache.setQueryData(api.queryOptions("get", DETAIL, { params: { path } }).queryKey, form);
  };

  const save = async ({ draft, ...given }: Names & { draft: unknown }) => {
    const renamed = (["name", "description"] as const).filter(
      (field) => given[field].trim() !== known.current[field] && (field !== "name" || given.name.trim() !== ""),
    );
    const changes = Object.fromEntries(renamed.map((field) => [field, given[field].trim()]));
    const body = { ...changes, draft: draft as Record<string, unknown> };
    const params = { path, header: seen(version.current) };
    remember(bodyOf(await http.PATCH(DETAIL, { params, body })));
    known.current = { ...known.current, ...changes };
  };
  const autosave = useAutosave({ ...names, draft: history.present }, save, PAUSE_MS);

  const fresh = async () => bodyOf(await http.GET(DETAIL, { params: { path } }));

  return {
    ...history,
    names,
    rename: (changes: Partial<Names>) => setNames({ ...names, ...changes }),
    saved,
    autosave,
    isFixed: (key: string) => fixed.has(key),
    /** Somebody else has saved another draft since this one was read. */
    isOvertaken: autosave.state === "failed" && isOvertaken(autosave.error),
    takeTheirs: async () => {
      try {
        const form = await fresh();
        known.current = { name: form.name, description: form.description };
        setNames(known.current);
        history.set(asDefinition(form.draft));
        remember(form);
      } catch (error) {
        notifyRefused(error);
      }
    },
    keepMine: async () => {
      try {
        version.current = (await fresh()).version;
        await autosave.flush();
      } catch (error) {
        notifyRefused(error);
      }
    },
  };
}
