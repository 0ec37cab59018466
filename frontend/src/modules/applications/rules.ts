import type { Call, CommitteeRules, Rules } from "./nouns";

export interface RoundDraft {
  key: string;
  name: string;
  opens_at: string | null;
  closes_at: string | null;
  pots: string[];
  own_deadlines: { kinds: string[]; people: boolean; closes_at: string | null }[];
}

export interface Eligible {
  all_units: boolean;
  kinds: string[];
  groups: string[];
  units: string[];
  except_units: string[];
}

export interface CallLimits {
  per_unit: number | null;
  per_kind: { kind: string; number: number }[];
  extra: { unit: string; number: number }[];
  per_person: number | null;
  person_questions: string[];
}

export interface SeatDraft {
  /** Tells rows apart on the screen; one person may sit twice, one time after the other. */
  row: string;
  person: string;
  name: string;
  part: "member" | "chair" | "deputy" | "secretary";
  from_at: string | null;
  to_at: string | null;
}

export interface PhaseDraft {
  /** Tells rows apart on the screen. */
  row: string;
  from_at: string | null;
  to_at: string | null;
  hides_applicant: boolean;
  hides_members: boolean;
}

export interface CommitteeDraft {
  key: string;
  name: string;
  function: string;
  rounds: string[];
  each_to: number | null;
  members: SeatDraft[];
  phases: PhaseDraft[];
}

export interface CallFields {
  title: string;
  year: string;
  description: string;
  rounds: RoundDraft[];
  audience: Eligible;
  limits: CallLimits;
  committees: CommitteeDraft[];
  /** Codes of the functions that approve a division, in their order. */
  approvers: string[];
  blocks_overdue: boolean;
}

/** The call as its form holds it: every part is there, whatever the document leaves out. */
export function fieldsOf({ title, year, rules }: Call): CallFields {
  const { audience, limits } = rules;
  return {
    title,
    year: String(year),
    description: rules.description ?? "",
    rounds: (rules.rounds ?? []).map((one) => ({
      key: one.key,
      name: one.name,
      opens_at: one.opens_at ?? null,
      closes_at: one.closes_at ?? null,
      pots: one.pots ?? [],
      own_deadlines: (one.own_deadlines ?? []).map((own) => ({
        kinds: own.kinds ?? [],
        people: own.people ?? false,
        closes_at: own.closes_at ?? null,
      })),
    })),
    audience: {
      all_units: audience?.all_units ?? false,
      kinds: audience?.kinds ?? [],
      groups: audience?.groups ?? [],
      units: audience?.units ?? [],
      except_units: audience?.except_units ?? [],
    },
    limits: {
      per_unit: limits?.per_unit ?? null,
      per_kind: limits?.per_kind ?? [],
      extra: limits?.extra ?? [],
      per_person: limits?.per_person ?? null,
      person_questions: limits?.person_questions ?? [],
    },
    approvers: rules.approvers ?? [],
    blocks_overdue: rules.blocks_overdue ?? true,
    committees: (rules.committees ?? []).map(committeeOf),
  };
}

const committeeOf = ({
  key,
  name,
  function: played,
  rounds,
  each_to,
  members,
  phases,
}: CommitteeRules): CommitteeDraft => ({
  key,
  name,
  function: played ?? "",
  rounds: rounds ?? [],
  each_to: each_to ?? null,
  members: (members ?? []).map((one, at) => ({
    row: `${one.person}.${at}`,
    person: one.person,
    name: one.name ?? "",
    part: one.part ?? "member",
    from_at: one.from_at ?? null,
    to_at: one.to_at ?? null,
  })),
  phases: (phases ?? []).map((one, at) => ({
    row: `${key}.${at}`,
    from_at: one.from_at ?? null,
    to_at: one.to_at ?? null,
    hides_applicant: one.hides_applicant ?? false,
    hides_members: one.hides_members ?? false,
  })),
});

export const rulesOf = ({
  description,
  rounds,
  audience,
  limits,
  committees,
  approvers,
  blocks_overdue,
}: CallFields): Rules => ({
  description,
  rounds,
  audience,
  limits,
  committees: committees.map((one) => ({
    ...one,
    members: one.members.map(({ row: _, ...seat }) => seat),
    phases: one.phases.map(({ row: _, ...phase }) => phase),
  })),
  approvers,
  blocks_overdue,
});

/** A committee with a key that none has yet; it stays, whatever the committee is called later. */
export function newCommittee(committees: readonly CommitteeDraft[], played: string): CommitteeDraft {
  const taken = new Set(committees.map(({ key }) => key));
  let number = committees.length + 1;
  while (taken.has(`komisja_${number}`)) {
    number += 1;
  }
  return {
    key: `komisja_${number}`,
    name: committees.length === 0 ? "Komisja" : `Komisja ${number}`,
    function: played,
    rounds: [],
    each_to: null,
    members: [],
    phases: [],
  };
}

/** A key that no round has yet; it stays, whatever the round is called later. */
export function newRound(rounds: readonly RoundDraft[]): RoundDraft {
  const taken = new Set(rounds.map(({ key }) => key));
  let number = rounds.length + 1;
  while (taken.has(`tura_${number}`)) {
    number += 1;
  }
  return {
    key: `tura_${number}`,
    name: rounds.length === 0 ? "Nabór" : `Tura ${number}`,
    opens_at: null,
    closes_at: null,
    pots: [],
    own_deadlines: [],
  };
}

export const replaced = <T>(list: readonly T[], at: number, change: Partial<T>): T[] =>
  list.map((one, index) => (index === at ? { ...one, ...change } : one));

export const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, index) => index !== at);
