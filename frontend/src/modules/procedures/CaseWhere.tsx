import { Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconCheck, IconPointFilled } from "@tabler/icons-react";
import { Fold } from "@/ui/Fold";
import classes from "./CaseWhere.module.css";
import type { CaseDetails } from "./nouns";

const STATES = { done: "za nami", now: "teraz", ahead: "przed nami" } as const;

/** Where the matter is on its way. */
export function CaseWhere({ matter }: { matter: CaseDetails }) {
  return (
    <Fold title="Gdzie jest sprawa" note={matter.stage.name}>
      <Stack>
        <ol className={classes.path} aria-label="Etapy sprawy">
          {matter.path.map((step) => (
            <li
              key={step.key}
              className={classes.step}
              data-state={step.state}
              aria-current={step.state === "now" ? "step" : undefined}
            >
              {step.state === "done" && <IconCheck size={16} aria-hidden />}
              {step.state === "now" && <IconPointFilled size={16} aria-hidden />}
              <span>{step.name}</span>
              <VisuallyHidden> ({STATES[step.state]})</VisuallyHidden>
            </li>
          ))}
        </ol>
        {matter.is_from_office && matter.public_stage !== matter.stage.name && (
          <Text size="sm" c="dimmed">
            Wnioskodawca widzi: „{matter.public_stage}”.
          </Text>
        )}
      </Stack>
    </Fold>
  );
}
