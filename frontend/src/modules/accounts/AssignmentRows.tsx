import { Text } from "@mantine/core";
import type { Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import { AssignmentDays } from "./AssignmentDays";
import { AssignmentEnd } from "./AssignmentEnd";
import { GIVES_ROLES, SEES_RIGHTS } from "./accounts";
import { period, today } from "./period";
import classes from "./Rows.module.css";

type Assignment = Schemas["AssignmentOut"];

/** Whether an assignment counts today, or did, or will. */
export function AssignmentState({ assignment }: { assignment: Assignment }) {
  if (assignment.is_in_force) {
    return <StatusBadge tone="success">działa</StatusBadge>;
  }
  return assignment.valid_from !== null && assignment.valid_from > today() ? (
    <StatusBadge tone="info">zacznie działać</StatusBadge>
  ) : (
    <StatusBadge tone="neutral">już nie działa</StatusBadge>
  );
}

/** What may be done with an assignment: other dates, or its end. */
export function AssignmentActions({ assignment }: { assignment: Assignment }) {
  const { may } = useSession();
  if (!GIVES_ROLES.some(may)) {
    return null;
  }
  return (
    <>
      <AssignmentDays assignment={assignment} />
      <AssignmentEnd assignment={assignment} />
    </>
  );
}

/** Assignments of one person, one below another. */
export function AssignmentRows({ label, assignments }: { label: string; assignments: readonly Assignment[] }) {
  const { may } = useSession();
  return (
    <ul className={classes.list} aria-label={label}>
      {assignments.map((assignment) => (
        <li key={assignment.id} className={classes.row}>
          <div className={classes.what}>
            {SEES_RIGHTS.some(may) ? (
              <TextLink to={`/accounts/roles/${assignment.role.id}`} fw={600}>
                {assignment.role.name}
              </TextLink>
            ) : (
              <Text fw={600}>{assignment.role.name}</Text>
            )}
            <Text size="sm" c="dimmed">
              {assignment.scope.name}, {period(assignment.valid_from, assignment.valid_to)}
            </Text>
          </div>
          <AssignmentState assignment={assignment} />
          <div className={classes.actions}>
            <AssignmentActions assignment={assignment} />
          </div>
        </li>
      ))}
    </ul>
  );
}
