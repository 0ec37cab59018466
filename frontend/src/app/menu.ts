import { IconChecklist } from "@tabler/icons-react";
import type { Session } from "@/api/session";
import { modules } from "@/app/modules";
import { MENU_GROUPS, type MenuItem, type Module } from "@/ui/module";

const HOME: Omit<MenuItem, "group"> = { label: "Co na mnie czeka", to: "/", icon: IconChecklist };

/** The first page; operators have none of their own, for nothing waits for anybody on their host. */
export const homeOf = ({ modules: on }: Session): readonly Omit<MenuItem, "group">[] =>
  on.includes("todo") ? [HOME] : [];

export const modulesOf = (session: Session): readonly Module[] =>
  modules.filter((module) => session.modules.includes(module.label));

/** What this person may use besides the first page, part by part; a part of nothing is left out. */
export const menuOf = (session: Session): readonly { title: string; items: readonly MenuItem[] }[] => {
  const usable = modulesOf(session)
    .flatMap((module) => module.menu)
    .filter(({ permission }) => mayUse(session, permission));
  return Object.entries(MENU_GROUPS)
    .map(([code, title]) => ({ title, items: usable.filter(({ group }) => group === code) }))
    .filter(({ items }) => items.length > 0);
};

/** Whether the person holds what is wanted, or one of it. */
export const mayUse = ({ permissions }: Session, wanted: MenuItem["permission"] = []) =>
  wanted.length === 0 || [wanted].flat().some((permission) => permissions.includes(permission));
