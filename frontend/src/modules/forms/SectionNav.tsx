import { Paper, Progress, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircle, IconCircleCheck } from "@tabler/icons-react";
import type { FormDocument } from "@/ui/filling/definition";
import { focusField, type Projection } from "@/ui/filling/projection";
import classes from "./SectionNav.module.css";

interface SectionNavProps {
  definition: FormDocument;
  projection: Projection;
  isRead?: boolean;
}

/** The visible sections, how each of them fares, and how much is done. */
export function SectionNav({ definition, projection, isRead = false }: SectionNavProps) {
  const { answered, required } = projection;
  const share = required === 0 ? 100 : (100 * answered) / required;
  return (
    <Paper component="nav" aria-label="Części formularza" className={classes.nav} p="sm">
      {!isRead && (
        <div className={classes.progress}>
          <Text size="sm">
            Wymagane odpowiedzi: {answered} z {required}
          </Text>
          <Progress value={share} size="sm" mt={4} aria-label="Wypełnienie formularza" />
        </div>
      )}
      <ul className={classes.list}>
        {definition.sections.map((section) => {
          const drawn = projection.sections[section.key];
          if (!drawn?.is_visible) {
            return null;
          }
          return (
            <li key={section.key}>
              <button type="button" className={classes.link} onClick={() => focusField(section.key)}>
                {!isRead && <State mistakes={drawn.mistakes} missing={drawn.missing} />}
                <span>{drawn.title || section.title || "Część bez tytułu"}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </Paper>
  );
}

function State({ mistakes, missing }: { mistakes: number; missing: number }) {
  if (mistakes > 0) {
    return <IconAlertTriangle size={18} className={classes.wrong} role="img" aria-label="wymaga poprawki:" />;
  }
  return missing > 0 ? (
    <IconCircle size={18} className={classes.missing} role="img" aria-label="do uzupełnienia:" />
  ) : (
    <IconCircleCheck size={18} className={classes.done} role="img" aria-label="wypełniona:" />
  );
}
