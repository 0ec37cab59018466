import type { Schemas } from "@/api/client";

/** What a letter's link is for, and whose it is. */
export type Letter = Schemas["LinkOut"];
