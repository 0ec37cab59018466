import { IconChecklist } from "@tabler/icons-react";
import type { Session } from "@/api/session";
import { modules } from "@/app/modules";
import type { MenuItem, Module } from "@/ui/module";

const HOME: MenuItem = { label: "Co na mnie czeka", to: "/", icon: IconChecklist };

export const modulesOf = (session: Session): readonly Module[] =>
  modules.filter((module) => session.modules.includes(module.label));

/** What this person may use, in the order of the menu. */
export const menuOf = (session: Session): readonly MenuItem[] => [
  HOME,
  ...modulesOf(session)
    .flatMap((module) => module.menu)
    .filter(({ permission }) => mayUse(session, permission)),
];

/** Whether the person holds what is wanted, or one of it. */
export const mayUse = ({ permissions }: Session, wanted: MenuItem["permission"] = []) =>
  wanted.length === 0 || [wanted].flat().some((permission) => permissions.includes(permission));
