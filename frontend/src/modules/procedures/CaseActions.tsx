import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { ButtonLink } from "@/ui/ButtonLink";
import { Panel } from "@/ui/Panel";
import { ActionDialog } from "./ActionDialog";
import classes from "./CaseActions.module.css";
import { lookOf } from "./caseWords";
import type { CaseAction, CaseDetails } from "./nouns";
import { actsOfOpinions } from "./opinionActs";

const ORDER = { positive: 0, neutral: 1, negative: 2 } as const;

/** What may be done now by whoever looks; what may not, with the reason. */
export function CaseActions({ matter }: { matter: CaseDetails }) {
  const [asked, setAsked] = useState<string | null>(null);
  const beside = actsOfOpinions(matter);
  const actions = matter.actions
    .filter((one) => !beside.has(one.action))
    .toSorted((one, other) => ORDER[one.tone] - ORDER[other.tone]);
  const possible = actions.filter(({ blocked }) => blocked === null);
  const blocked = actions.filter((one) => one.blocked !== null);
  const toFill = matter.sheets.filter(({ can_fill }) => can_fill);

  // Outside the panel: it stays open with what was typed when somebody else has just closed the matter.
  const dialog = <ActionDialog matter={matter} action={asked} onClose={() => setAsked(null)} />;
  if (matter.state === "closed" && actions.length === 0) {
    return dialog;
  }
  return (
    <>
      {dialog}
      <Panel title="Co można zrobić">
        <Stack gap="sm">
          {toFill.length > 0 && (
            <Group gap="xs">
              {toFill.map((sheet) => (
                <ButtonLink key={sheet.id} to={`/forms/sheets/${sheet.id}`} variant="light">
                  Wypełnij: {sheet.title}
                </ButtonLink>
              ))}
            </Group>
          )}
          <Buttons actions={possible.filter(({ kind }) => kind === "transition")} ask={setAsked} />
          <Buttons actions={possible.filter(({ kind }) => kind === "act")} ask={setAsked} isSide />
          {possible.length === 0 && toFill.length === 0 && (
            <Text>
              Teraz nic: sprawa czeka na kogoś innego. Gdy przyjdzie Twoja kolej, zobaczysz ją w „Co na mnie czeka”.
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
    </>
  );
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
          {...(isSide ? { variant: "subtle" } : lookOf(one.tone))}
          onClick={() => ask(one.action)}
        >
          {one.label}
        </Button>
      ))}
    </Group>
  );
}
