import type { Schemas } from "@/api/client";

/** Where the API of this module lives; with it queries are refreshed and addresses of files are made. */
export const PROCEDURES = "/api/v1/procedures/";

export type ProcedureRow = Schemas["ProcedureOut"];
export type ProcedureDetails = Schemas["ProcedureDetailsOut"];
export type ProcedureProblem = Schemas["ProcedureProblemOut"];
export type StageKind = Schemas["StageKindOut"];
export type Effect = Schemas["EffectOut"];
export type MoveGroup = Schemas["MoveGroupOut"];
export type CaseRow = Schemas["CaseRowOut"];
export type CaseDetails = Schemas["CaseOut"];
export type CaseAction = Schemas["ActionOut"];
export type CaseEvent = Schemas["CaseEventOut"];
export type CaseOpinion = Schemas["OpinionOut"];
export type Ball = Schemas["BallOut"];
export type LetterTemplate = Schemas["LetterTemplateOut"];
export type CaseClass = Schemas["ClassOut"];
export type Letter = Schemas["LetterOut"];
