import { type ChangeEvent, useState } from "react";
import { type Seen, seen as seenAs } from "@/api/client";
import { errorOf } from "@/ui/fieldErrors";
import type { Differing } from "@/ui/OvertakenDialog";
import { isOvertaken } from "@/ui/OvertakenNote";
import { useKept } from "@/ui/useKept";

/** The part of a mutation that a form needs. */
export interface Saving {
  error: unknown;
  isPending: boolean;
}

type Typed = ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>;

interface EditOptions<F> {
  /** What the fields hold at first; what differs from it is not saved. */
  begin: F;
  /** Of what `begin` was read from; a form that changes something tells it, and so overwrites nothing unseen. */
  version?: string | undefined;
  /** The label of each field that has one; the fields bear the names of the API. */
  labels: Partial<Record<keyof F & string, string>>;
  /** The mutations that save it; none for a form whose screen keeps the answer itself. */
  saving?: readonly Saving[];
  /** Under what name the fields outlive the screen in this tab (see useKept). Never for passwords. */
  keptAs?: string;
  /** Whether the fields may be left without a question: there is little in them, or nothing that is to be saved. */
  isFleeting?: boolean;
  /** What this screen alone can know to be wrong, by field, such as a choice that is offered no more; all else the server says. */
  lacking?: (fields: F) => Partial<Record<keyof F & string, string>>;
}

export interface Edit<F> {
  fields: F;
  labels: Partial<Record<keyof F & string, string>>;
  /** The fields that differ from what stood there at first. */
  changes: Partial<F>;
  error: unknown;
  /** What the save says of the version that was seen: `params: { path, header: seen }`. */
  seen: Seen;
  /** Somebody has changed it meanwhile: what, and whose is to stand. */
  overtaken: Overtaken | null;
  isSaving: boolean;
  /** Whether leaving the screen now would lose something. */
  isUnsaved: boolean;
  set: (changes: Partial<F>) => void;
  /** Back to what stood there at first; also what was kept is thrown away. */
  reset: () => void;
  /** Throws away what was kept: it is saved. */
  forget: () => void;
  /** For an input that tells its event. `problem` is the field's name in refusals, where that is another. */
  input: <K extends keyof F & string>(name: K, problem?: string) => FieldProps<F[K], Typed>;
  /** For an input that tells its value. */
  choice: <K extends keyof F & string>(name: K, problem?: string) => FieldProps<F[K], F[K]>;
  /** For a checkbox or a switch. */
  check: (name: keyof F & string) => { checked: boolean; onChange: (event: ChangeEvent<HTMLInputElement>) => void };
  /** Calls `save`. What is missing the server says, in its one sentence; fields are only marked as required. */
  submit: (save: (fields: F, seen: Seen) => void) => void;
}

export interface Overtaken {
  error: unknown;
  differing: Differing[];
  /** False where the screen does not show what stands there now. */
  isKnown: boolean;
  takeTheirs: () => void;
  keepMine: () => void;
}

interface FieldProps<V, Told> {
  id: string;
  label: string;
  value: V;
  onChange: (told: Told) => void;
  error: string | undefined;
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const isEmpty = (value: unknown) =>
  value === null || value === undefined || (typeof value === "string" && value.trim() === "");

const told = (value: unknown): string => {
  if (isEmpty(value)) {
    return "(puste)";
  }
  if (typeof value === "boolean") {
    return value ? "tak" : "nie";
  }
  if (Array.isArray(value)) {
    return `${value.length} poz.`;
  }
  return typeof value === "object" ? "inna wartość" : String(value);
};

/** The fields that are not what they were at first, whoever changed them. */
function differences<F extends object>(
  labels: Partial<Record<keyof F & string, string>>,
  begun: F,
  newest: F,
  fields: F,
): Differing[] {
  const names = Object.keys(begun) as (keyof F & string)[];
  return names
    .filter((name) => !isSame(begun[name], newest[name]))
    .map((name) => ({
      label: labels[name] ?? "Pozostałe",
      now: told(newest[name]),
      mine: isSame(begun[name], fields[name]) ? null : told(fields[name]),
    }));
}

/** The fields of a form, what is wrong with each, and whether they are saved; <EditForm> draws it. */
export function useEdit<F extends object>(options: EditOptions<F>): Edit<F> {
  const { begin: newest, version, labels, saving = [], keptAs, isFleeting = false, lacking } = options;
  const { fields, change, adopt, forget } = useKept<F>(keptAs ?? null, newest);
  // What was kept was typed over what stood there then, and is saved as a change of that.
  const kept = useKept(keptAs === undefined || version === undefined ? null : `${keptAs}.base`, {
    begin: newest,
    version,
  });
  const base = kept.fields;
  const begin = version === undefined ? newest : base.begin;
  const [sent, setSent] = useState<{ fields: F; error: unknown } | null>(null);
  const [isAnswered, setIsAnswered] = useState(false);
  const [missing, setMissing] = useState<Partial<Record<string, string>>>({});
  const refusal = saving.find((one) => one.error)?.error ?? null;
  const isPassed = isOvertaken(refusal) && version !== undefined && version === base.version && isAnswered;
  const error = isPassed ? null : refusal;
  const isSaving = saving.some(({ isPending }) => isPending);
  const changed = Object.entries(fields).filter(([name, value]) => !isSame(begin[name as keyof F], value));
  // A refusal that stood there already when they were sent says nothing about them.
  const isSent = sent !== null && isSame(sent.fields, fields) && (error === null || error === sent.error);
  if (version !== undefined && version !== base.version && !isOvertaken(error) && (changed.length === 0 || isSent)) {
    kept.adopt({ begin: newest, version }); // nothing typed is lost by it
    if (changed.length === 0) {
      adopt(newest);
    }
  }

  const set = (changes: Partial<F>) => {
    setMissing((before) => Object.fromEntries(Object.entries(before).filter(([name]) => !(name in changes))));
    change(changes);
    kept.change(base);
  };
  const field = <K extends keyof F & string>(name: K, problem: string = name) => ({
    id: name,
    label: labels[name] ?? "",
    value: fields[name],
    error: missing[name] ?? errorOf(error, problem),
  });

  const drop = () => {
    forget();
    kept.forget();
  };
  const settle = (settled: F) => {
    kept.change({ begin: newest, version });
    setIsAnswered(true);
    setSent(null);
    change(settled);
  };
  const overtaken = (): Overtaken => ({
    error,
    differing: differences(labels, base.begin, newest, fields),
    isKnown: version !== base.version,
    takeTheirs: () => {
      if (version === base.version) {
        window.location.reload();
        return;
      }
      settle(newest);
      drop();
    },
    keepMine: () => settle({ ...newest, ...Object.fromEntries(changed) }),
  });

  return {
    fields,
    changes: Object.fromEntries(changed) as Partial<F>,
    labels,
    error: isOvertaken(error) ? null : error,
    seen: seenAs(base.version ?? ""),
    overtaken: isOvertaken(error) && !isSaving ? overtaken() : null,
    isSaving,
    isUnsaved: keptAs === undefined && !isFleeting && !isSaving && !isSent && changed.length > 0,
    set,
    forget: drop,
    reset: () => {
      change(newest);
      kept.adopt({ begin: newest, version });
      drop();
    },
    input: (name, problem) => ({
      ...field(name, problem),
      onChange: (event) => set({ [name]: event.currentTarget.value } as unknown as Partial<F>),
    }),
    choice: (name, problem) => ({
      ...field(name, problem),
      onChange: (value) => set({ [name]: value } as unknown as Partial<F>),
    }),
    check: (name) => ({
      checked: Boolean(fields[name]),
      onChange: (event) => set({ [name]: event.currentTarget.checked } as unknown as Partial<F>),
    }),
    submit: (save) => {
      const found: typeof missing = lacking?.(fields) ?? {};
      setMissing(found);
      if (Object.keys(found).length === 0) {
        setSent({ fields, error });
        setIsAnswered(false);
        save(fields, seenAs(base.version ?? ""));
      }
    },
  };
}
