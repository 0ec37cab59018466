import { folded } from "@/ui/polish";
import type { StageKind } from "./nouns";

/** The applicant as a stage's function: whoever has the case's unit or person. */
export const APPLICANT = "applicant";

export interface Deadline {
  days: number | null;
  counted: "calendar" | "working";
  /** A day as an expression ("2027-03-31"); with `days` too, the earlier of the two. */
  until: string;
  pauses: boolean;
  remind_before: readonly number[];
  remind_after: readonly number[];
  escalate_to: string;
  escalate_after: number | null;
}

export interface Stage {
  key: string;
  kind: string;
  name: string;
  public_name: string;
  function: string;
  form: string;
  parameters: Readonly<Record<string, unknown>>;
  deadline: Deadline | null;
  /** Function key or APPLICANT -> the parts of the stage that they see. */
  visible_to: Readonly<Record<string, readonly string[]>>;
  letters: readonly string[];
  x: number;
  y: number;
}

export type Tone = "neutral" | "positive" | "negative";
export type Reason = "none" | "optional" | "required";

/** What happens together with the step; the members beside `kind` depend on it. */
export type Effect = { kind: string } & Readonly<Record<string, string>>;

export interface Transition {
  /** Unique among those that leave the same stage. */
  key: string;
  from: string;
  to: string;
  on: string;
  label: string;
  tone: Tone;
  condition: string;
  reason: Reason;
  effects: readonly Effect[];
}

/** What names a transition in the whole procedure. */
export type Way = Pick<Transition, "from" | "key">;

export const isSame = (one: Way, other: Way): boolean => one.from === other.from && one.key === other.key;

export interface StageFunction {
  key: string;
  name: string;
}

export interface Limits {
  per_unit: string;
  opens_at: string;
  closes_at: string;
  /** The day that the forms reckon from; "" for that of submission. */
  reference_day: string;
  test_of_overdue: string;
}

/** The definition of a procedure as the city edits it; faulty ones are kept too. */
export interface Draft {
  format: number;
  name: string;
  description: string;
  noun: string;
  form: string;
  applicant: "unit" | "person" | "office";
  class: string;
  limits: Limits;
  functions: readonly StageFunction[];
  stages: readonly Stage[];
  transitions: readonly Transition[];
  sources: readonly string[];
}

export const NO_DEADLINE: Deadline = {
  days: null,
  counted: "calendar",
  until: "",
  pauses: false,
  remind_before: [],
  remind_after: [],
  escalate_to: "",
  escalate_after: null,
};

const NO_LIMITS: Limits = { per_unit: "", opens_at: "", closes_at: "", reference_day: "", test_of_overdue: "" };

const EMPTY_STAGE: Stage = {
  key: "",
  kind: "",
  name: "",
  public_name: "",
  function: "",
  form: "",
  parameters: {},
  deadline: null,
  visible_to: {},
  letters: [],
  x: 0,
  y: 0,
};

const EMPTY_TRANSITION: Transition = {
  key: "",
  from: "",
  to: "",
  on: "",
  label: "",
  tone: "neutral",
  condition: "",
  reason: "none",
  effects: [],
};

const EMPTY_DRAFT: Draft = {
  format: 1,
  name: "",
  description: "",
  noun: "",
  form: "",
  applicant: "unit",
  class: "",
  limits: NO_LIMITS,
  functions: [],
  stages: [],
  transitions: [],
  sources: [],
};

type Json = Record<string, unknown>;

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const listIn = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

/** The document with every absent member filled in; what the server keeps and this screen does not know stays in it. */
export function readDraft(document: unknown): Draft {
  const given = isJson(document) ? document : {};
  return {
    ...EMPTY_DRAFT,
    ...given,
    limits: { ...NO_LIMITS, ...(isJson(given.limits) ? given.limits : {}) },
    functions: listIn(given.functions).map((one) => ({ key: "", name: "", ...one })),
    stages: listIn(given.stages).map(readStage),
    transitions: listIn(given.transitions).map((one) => ({ ...EMPTY_TRANSITION, ...one })),
  };
}

function readStage(given: Json): Stage {
  return {
    ...EMPTY_STAGE,
    ...given,
    deadline: isJson(given.deadline) ? { ...NO_DEADLINE, ...given.deadline } : null,
  };
}

/** "Ocena formalna" -> "ocena_formalna", as definitions write keys; `taken` ones get a number. */
export function keyFrom(name: string, taken: readonly string[], usual = "etap"): string {
  const word = folded(name)
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 50);
  const key = word || usual;
  if (!taken.includes(key)) {
    return key;
  }
  let number = 2;
  while (taken.includes(`${key}_${number}`)) {
    number += 1;
  }
  return `${key}_${number}`;
}

export const stageOf = (draft: Draft, key: string): Stage | undefined => draft.stages.find((one) => one.key === key);
export const transitionOf = (draft: Draft, { from, key }: Way): Transition | undefined =>
  draft.transitions.find((one) => one.from === from && one.key === key);
export const leaving = (draft: Draft, stage: string): readonly Transition[] =>
  draft.transitions.filter(({ from }) => from === stage);

/** How the screen calls a stage that may not have been named yet. */
export const nameOf = (stage: Stage | undefined): string => stage?.name || stage?.key || "brak etapu";

/** The kinds of which the procedure still needs a stage before it can be published. */
export function missingKinds(draft: Draft, kinds: readonly StageKind[]): ReadonlySet<string> {
  const has = (trait: "starts" | "ends") =>
    draft.stages.some((stage) => kinds.find(({ code }) => code === stage.kind)?.[trait]);
  const needsStart = draft.applicant !== "office" && !has("starts");
  const needsEnd = !has("ends");
  return new Set(
    kinds.filter(({ starts, ends }) => (starts && needsStart) || (ends && needsEnd)).map(({ code }) => code),
  );
}

export function addStage(draft: Draft, kind: StageKind, name: string): { draft: Draft; key: string } {
  const key = keyFrom(
    name,
    draft.stages.map((one) => one.key),
  );
  const isApplicants = kind.starts || kind.may_be_applicants;
  const stage: Stage = {
    ...EMPTY_STAGE,
    key,
    kind: kind.code,
    name,
    function: kind.ends ? "" : isApplicants ? APPLICANT : (draft.functions[0]?.key ?? ""),
    visible_to: {},
    ...freePlace(draft),
  };
  return { draft: { ...draft, stages: [...draft.stages, stage] }, key };
}

export const CARD = { width: 208, height: 92 };

export const hasPlaces = (draft: Draft): boolean => draft.stages.some(({ x, y }) => x !== 0 || y !== 0);

const freePlace = (draft: Draft) =>
  hasPlaces(draft) ? { x: 0, y: Math.max(...draft.stages.map(({ y }) => y)) + 2 * CARD.height } : { x: 0, y: 0 };

export const changeStage = (draft: Draft, key: string, changes: Partial<Stage>): Draft => ({
  ...draft,
  stages: draft.stages.map((one) => (one.key === key ? { ...one, ...changes } : one)),
});

/** Without the stage and every transition that begins or ends in it. */
export const removeStage = (draft: Draft, key: string): Draft => ({
  ...draft,
  stages: draft.stages.filter((one) => one.key !== key),
  transitions: draft.transitions.filter(({ from, to }) => from !== key && to !== key),
});

/** The stage one place up (-1) or down (1) in the order of stages; at the ends nothing moves. */
export const reorderStage = (draft: Draft, key: string, by: 1 | -1): Draft => ({
  ...draft,
  stages: swapped(
    draft.stages,
    draft.stages.findIndex((one) => one.key === key),
    by,
  ),
});

/** Transitions of one outcome are tried in this order. */
export function reorderTransition(draft: Draft, way: Way, by: 1 | -1): Draft {
  const own = leaving(draft, way.from);
  const ordered = swapped(
    own,
    own.findIndex((one) => isSame(one, way)),
    by,
  );
  let next = 0;
  const transitions = draft.transitions.map((one) => (one.from === way.from ? (ordered[next++] ?? one) : one));
  return { ...draft, transitions };
}

function swapped<T>(list: readonly T[], index: number, by: 1 | -1): readonly T[] {
  const [one, other] = [list[index], list[index + by]];
  return one === undefined || other === undefined ? list : list.with(index, other).with(index + by, one);
}

const freeKey = (draft: Draft, from: string, name: string): string =>
  keyFrom(
    name,
    leaving(draft, from).map(({ key }) => key),
    "przejscie",
  );

export function addTransition(
  draft: Draft,
  given: Pick<Transition, "from" | "to" | "on" | "label" | "tone">,
): { draft: Draft; way: Way } {
  const key = freeKey(draft, given.from, given.label);
  const transitions = [...draft.transitions, { ...EMPTY_TRANSITION, ...given, key }];
  return { draft: { ...draft, transitions }, way: { from: given.from, key } };
}

export const changeTransition = (
  draft: Draft,
  way: Way,
  changes: Partial<Omit<Transition, "from" | "key">>,
): Draft => ({
  ...draft,
  transitions: draft.transitions.map((one) => (isSame(one, way) ? { ...one, ...changes } : one)),
});

/** The transition leaves another stage; it keeps its key unless that stage has one like it. */
export function leaveFrom(draft: Draft, way: Way, from: string, on: string): { draft: Draft; way: Way } {
  const moved = { from, key: freeKey(draft, from, way.key) };
  const transitions = draft.transitions.map((one) => (isSame(one, way) ? { ...one, ...moved, on } : one));
  return { draft: { ...draft, transitions }, way: moved };
}

export const removeTransition = (draft: Draft, way: Way): Draft => ({
  ...draft,
  transitions: draft.transitions.filter((one) => !isSame(one, way)),
});

/** With the function among those of the procedure; one that is there already stays as it is. */
export const withFunction = (draft: Draft, added: StageFunction): Draft =>
  draft.functions.some(({ key }) => key === added.key) ? draft : { ...draft, functions: [...draft.functions, added] };

/** How a function is called in this procedure. */
export const functionName = (draft: Draft, key: string): string =>
  key === APPLICANT ? "wnioskodawca" : draft.functions.find((one) => one.key === key)?.name || key;
