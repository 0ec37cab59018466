import { Fragment, type ReactNode } from "react";
import classes from "@/ui/FactList.module.css";

/** Names and values of one thing, as a description list; a value that is empty is told so, not left blank. */
export function FactList({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={classes.list}>
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value === "" || value === null || value === undefined ? "nie podano" : value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
