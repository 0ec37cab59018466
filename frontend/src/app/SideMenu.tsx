import { NavLink } from "react-router";
import { useSession } from "@/api/session";
import { menuOf } from "@/app/menu";
import classes from "@/app/Shell.module.css";

export function SideMenu({ onChoose }: { onChoose?: () => void }) {
  const session = useSession();
  return (
    <nav aria-label="Menu główne">
      <ul className={classes.menu}>
        {menuOf(session).map(({ label, to, icon: Icon }) => (
          <li key={to}>
            <NavLink to={to} end={to === "/"} className={classes.item} onClick={onChoose}>
              <Icon size={20} />
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
