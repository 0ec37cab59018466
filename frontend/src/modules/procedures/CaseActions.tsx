import { Button, Group, Stack, Text } from "@mantine/core";
import { ButtonLink } from "@/ui/ButtonLink";
import { Panel } from "@/ui/Panel";
import classes from "./CaseActions.module.css";
import { actionsIn, addressOf, nextIn, quietLookOf, unfilledIn } from "./caseWords";
import type { CaseAction, CaseDetails } from "./nouns";

interface CaseActionsProps {
  matter: CaseDetails;
  ask: (action: string) => void;
}

/** What may be done now by whoever looks, beside the one next step of the strip above; what may not, with the reason. */
export function CaseActions({ matter, ask }: CaseActionsProps) {
  const unfilled = unfilledIn(matter);
  const next = nextIn(matter);
  const actions = actionsIn(matter);
  const possible = actions.filter((one) => one.blocked === null && (unfilled || one !== next));
  const blocked = actions.filter((one) => one.blocked !== null);
  const toFill = matter.sheets.filter((sheet) => sheet.can_fill && sheet !== unfilled);
  const hasNext = next !== undefined || unfilled !== undefined;

  if (matter.state === "closed" && actions.length === 0) {
    return null;
  }
  return (
    <Panel title="Co można zrobić" data-print="no">
      <Stack gap="sm">
        {toFill.length > 0 && (
          <Group gap="xs">
            {toFill.map((sheet) => (
              <ButtonLink key={sheet.id} to={addressOf(sheet, matter)} variant="default">
                Wypełnij: {sheet.title}
              </ButtonLink>
            ))}
          </Group>
        )}
        <Buttons actions={possible.filter(({ kind }) => kind === "transition")} ask={ask} />
        <Buttons actions={possible.filter(({ kind }) => kind === "act")} ask={ask} isSide />
        {possible.length === 0 && toFill.length === 0 && (
          <Text>
            {hasNext
              ? saidAbove(matter)
              : "Teraz nic: sprawa czeka na kogoś innego. Gdy przyjdzie Twoja kolej, zobaczysz ją w „Co na mnie czeka”."}
          </Text>
        )}
        {blocked.length > 0 && (
          <div>
            <Text size="sm" fw={600}>
              Jeszcze nie można:
            </Text>
            <ul className={classes.blocked}>
              {blocked.map((one) => (
                <li key={one.action}>
                  <strong>{one.label}</strong>: {one.blocked}
                </li>
              ))}
            </ul>
          </div>
        )}
      </Stack>
    </Panel>
  );
}

/** Where the one step stands that is not drawn twice. */
function saidAbove(matter: CaseDetails): string {
  const unfilled = unfilledIn(matter);
  return unfilled
    ? `Najpierw wypełnij „${unfilled.title}”: przycisk jest pod tytułem strony (na telefonie na dole ekranu).`
    : `Tylko „${nextIn(matter)?.label}”: przycisk jest pod tytułem strony (na telefonie na dole ekranu).`;
}

interface ButtonsProps {
  actions: readonly CaseAction[];
  ask: (action: string) => void;
  /** Deeds beside the way of the matter: drawn quietly. */
  isSide?: boolean;
}

function Buttons({ actions, ask, isSide = false }: ButtonsProps) {
  if (actions.length === 0) {
    return null;
  }
  return (
    <Group gap="xs">
      {actions.map((one) => (
        <Button
          key={one.action}
          {...(isSide ? { variant: "subtle" } : quietLookOf(one.tone))}
          onClick={() => ask(one.action)}
        >
          {one.label}
        </Button>
      ))}
    </Group>
  );
}
