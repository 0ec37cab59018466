import type { ComponentType } from "react";

/** The headed parts of the menu, in their order; at most seven lines each. */
export const MENU_GROUPS = {
  messages: "Wiadomości",
  matters: "Sprawy i pieniądze",
  people: "Szkoły i osoby",
  rights: "Uprawnienia i nadzór",
  city: "Ustawienia miasta",
} as const;

export interface MenuItem {
  label: string;
  to: string;
  group: keyof typeof MENU_GROUPS;
  icon: ComponentType<{ size?: number | string }>;
  /** Drawn only for people who hold it, or one of them; without any, for everybody. */
  permission?: string | readonly string[];
}

/** What the search on Ctrl-K finds. */
export interface SearchHit {
  label: string;
  description: string;
  to: string;
}

/** A page that needs no session: a letter's link leads there. */
export interface ModuleDoor {
  path: string;
  title: string;
  load: () => Promise<ComponentType>;
}

/**
 * What the `module.ts` of each folder exports as `module`, and is found by; its twin on the server has the same label.
 * Every signed-in person loads it. The folder's `routes.ts` exports its addresses, mounted under /<label>/, which are
 * loaded when one of them is opened.
 */
export interface Module {
  /** As in the address, in the API and in the session's list of modules that are on. */
  label: string;
  /** Where it stands in the menu: smaller ones first, no two the same; tens, so that one can come between. */
  place: number;
  menu: readonly MenuItem[];
  doors?: readonly ModuleDoor[];
  search?: (text: string) => Promise<SearchHit[]>;
  /** The search is asked only for people who hold it, or one of them; without any, for everybody. */
  searchPermission?: MenuItem["permission"];
}
