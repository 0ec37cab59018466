import type { Schemas } from "@/api/client";
import type { MoveGroup } from "./nouns";

/** Where matters of a group go: empty to stay on their revision, else the key of a stage of the new one. */
export type Choices = Readonly<Record<string, string>>;

export const keyOfGroup = ({ revision, stage }: MoveGroup): string => `${revision} ${stage}`;

/** What was chosen; until then what the server proposes, and staying where it cannot tell. */
export const chosenFor = (choices: Choices, group: MoveGroup): string =>
  choices[keyOfGroup(group)] ?? group.proposal ?? "";

/** Every group decided, as the API takes it. */
export const movesOf = (choices: Choices, groups: readonly MoveGroup[]): Schemas["CaseMoveInRequest"][] =>
  groups.map((group) => {
    const { revision, stage, proposal } = group;
    const to = chosenFor(choices, group);
    return to === ""
      ? { revision, stage, choice: "keep", to: "" }
      : { revision, stage, choice: "move", to: to === proposal ? "" : to };
  });

export const countedIn = (groups: readonly MoveGroup[]): number => groups.reduce((sum, { count }) => sum + count, 0);
export const movedIn = (choices: Choices, groups: readonly MoveGroup[]): number =>
  countedIn(groups.filter((group) => chosenFor(choices, group) !== ""));
