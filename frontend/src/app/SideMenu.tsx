import { useId } from "react";
import { NavLink } from "react-router";
import { useSession } from "@/api/session";
import { homeOf, menuOf } from "@/app/menu";
import classes from "@/app/Shell.module.css";
import type { MenuItem } from "@/ui/module";

export function SideMenu({ onChoose }: { onChoose?: () => void }) {
  const session = useSession();
  const id = useId();
  return (
    <nav aria-label="Menu główne">
      <Items items={homeOf(session)} onChoose={onChoose} />
      {menuOf(session).map(({ title, items }, index) => (
        <div key={title}>
          <div className={classes.group} id={`${id}-${index}`}>
            {title}
          </div>
          <Items items={items} labelledBy={`${id}-${index}`} onChoose={onChoose} />
        </div>
      ))}
    </nav>
  );
}

interface ItemsProps {
  items: readonly Omit<MenuItem, "group">[];
  labelledBy?: string;
  onChoose: (() => void) | undefined;
}

const Items = ({ items, labelledBy, onChoose }: ItemsProps) => (
  <ul className={classes.menu} aria-labelledby={labelledBy}>
    {items.map(({ label, to, icon: Icon }) => (
      <li key={to}>
        <NavLink to={to} end={to === "/"} className={classes.item} onClick={onChoose}>
          <Icon size={20} />
          {label}
        </NavLink>
      </li>
    ))}
  </ul>
);
