import { Anchor, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import type { FormDocument } from "@/ui/filling/definition";
import { plural } from "@/ui/format";
import { Panel } from "@/ui/Panel";
import classes from "./FaultPanel.module.css";
import { sorted } from "./faults";
import type { Fault } from "./nouns";

interface FaultPanelProps {
  form: FormDocument;
  faults: readonly Fault[];
  onChoose: (key: string) => void;
}

/** What stands in the way of publishing, each with a link to where it is. */
export function FaultPanel({ form, faults, onChoose }: FaultPanelProps) {
  return (
    <div id="faults" tabIndex={-1} className={classes.panel}>
      <Panel title="Przed publikacją" mt="md">
        {faults.length === 0 ? (
          <Text className={classes.fine}>
            <IconCircleCheck size={18} aria-hidden /> Nic nie wymaga poprawki.
          </Text>
        ) : (
          <>
            <Text size="sm" mb="xs">
              Do poprawy: {faults.length} {plural(faults.length, "miejsce", "miejsca", "miejsc")}
            </Text>
            <ul className={classes.list}>
              {faults.map((fault) => (
                <li key={`${fault.path} ${fault.sentence}`}>
                  <Anchor
                    component="button"
                    type="button"
                    underline="always"
                    size="sm"
                    ta="left"
                    onClick={() => onChoose(sorted(form, fault).key)}
                  >
                    {fault.where || "Cały formularz"}
                  </Anchor>
                  <div>{fault.sentence}</div>
                </li>
              ))}
            </ul>
          </>
        )}
      </Panel>
    </div>
  );
}
