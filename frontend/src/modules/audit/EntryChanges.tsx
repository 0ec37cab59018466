import { VisuallyHidden } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import type { Schemas } from "@/api/client";
import { TextLink } from "@/ui/TextLink";
import classes from "./EntryChanges.module.css";
import { type Change, changesOf } from "./telling";

interface EntryChangesProps {
  entry: Schemas["LogEntryOut"];
  /** Name of a permission, or number of a unit -> what people call it. */
  labels: ReadonlyMap<string, string>;
}

/** What an entry changed: each field with what was and what is. */
export function EntryChanges({ entry, labels }: EntryChangesProps) {
  const changes = changesOf(entry.before, entry.after, labels);
  return (
    <ul className={classes.list}>
      {changes.map((change) => (
        <li key={change.field}>
          <span className={classes.field}>{change.label}:</span> <Values change={change} />
        </li>
      ))}
    </ul>
  );
}

function Values({ change: { before, after, person } }: { change: Change }) {
  if (person) {
    return (
      <TextLink to={`/accounts/people/${person}`} size="sm">
        zobacz konto
      </TextLink>
    );
  }
  if (before === null) {
    return after;
  }
  return (
    <>
      <VisuallyHidden>było </VisuallyHidden>
      <del className={classes.before}>{before}</del>
      {after !== null && (
        <>
          <IconArrowRight size={14} aria-hidden className={classes.arrow} />
          <VisuallyHidden>, jest </VisuallyHidden>
          <ins className={classes.after}>{after}</ins>
        </>
      )}
    </>
  );
}
