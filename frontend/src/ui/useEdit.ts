import { type ChangeEvent, useState } from "react";
import { errorOf } from "@/ui/fieldErrors";
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
  /** The label of each field that has one; the fields bear the names of the API. */
  labels: Partial<Record<keyof F & string, string>>;
  /** The mutations that save it; none for a form whose screen keeps the answer itself. */
  saving?: readonly Saving[];
  /** Under what name the fields outlive the screen in this tab (see useKept). Never for passwords. */
  keptAs?: string;
  /** Whether the fields may be left without a question: there is little in them, or nothing that is to be saved. */
  isFleeting?: boolean;
  /** The sentence for a field without which nothing is sent. */
  required?: Partial<Record<keyof F & string, string>>;
  /** What else is lacking, by field, where being filled in is not enough. */
  lacking?: (fields: F) => Partial<Record<keyof F & string, string>>;
}

export interface Edit<F> {
  fields: F;
  labels: Partial<Record<keyof F & string, string>>;
  /** The fields that differ from what stood there at first. */
  changes: Partial<F>;
  error: unknown;
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
  /** Calls `save`, unless something required is missing; the missing fields then say so. */
  submit: (save: (fields: F) => void) => void;
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

/** The fields of a form, what is wrong with each, and whether they are saved; <EditForm> draws it. */
export function useEdit<F extends object>(options: EditOptions<F>): Edit<F> {
  const { begin, labels, saving = [], keptAs, isFleeting = false, required = {}, lacking } = options;
  const { fields, change, forget } = useKept<F>(keptAs ?? null, begin);
  const [sent, setSent] = useState<{ fields: F; error: unknown } | null>(null);
  const [missing, setMissing] = useState<Partial<Record<string, string>>>({});
  const error = saving.find((one) => one.error)?.error ?? null;
  const isSaving = saving.some(({ isPending }) => isPending);
  const changed = Object.entries(fields).filter(([name, value]) => !isSame(begin[name as keyof F], value));
  // A refusal that stood there already when they were sent says nothing about them.
  const isSent = sent !== null && isSame(sent.fields, fields) && (error === null || error === sent.error);

  const set = (changes: Partial<F>) => {
    setMissing((before) => Object.fromEntries(Object.entries(before).filter(([name]) => !(name in changes))));
    change(changes);
  };
  const field = <K extends keyof F & string>(name: K, problem: string = name) => ({
    id: name,
    label: labels[name] ?? "",
    value: fields[name],
    error: missing[name] ?? errorOf(error, problem),
  });

  return {
    fields,
    changes: Object.fromEntries(changed) as Partial<F>,
    labels,
    error,
    isSaving,
    isUnsaved: keptAs === undefined && !isFleeting && !isSaving && !isSent && changed.length > 0,
    set,
    forget,
    reset: () => {
      change(begin);
      forget();
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
      const empty = Object.entries(required).filter(([name]) => isEmpty(fields[name as keyof F]));
      const found: typeof missing = { ...Object.fromEntries(empty), ...lacking?.(fields) };
      setMissing(found);
      if (Object.keys(found).length === 0) {
        setSent({ fields, error });
        save(fields);
      }
    },
  };
}
