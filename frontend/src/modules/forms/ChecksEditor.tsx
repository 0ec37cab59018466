import { Button, Input, NativeSelect, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { ExpressionField } from "@/ui/ExpressionField";
import type { FormCheck, QuestionDocument } from "@/ui/filling/definition";
import type { FaultsInside } from "./faults";
import classes from "./Rows.module.css";

interface ChecksEditorProps {
  checks: readonly FormCheck[];
  onChange: (checks: FormCheck[]) => void;
  faults: FaultsInside;
  /** For the checks of a whole form: the questions beside which a sentence may stand. */
  places?: readonly QuestionDocument[];
}

/** Rules that answers have to keep, each with the author's own sentence for when they do not. */
export function ChecksEditor({ checks, onChange, faults, places }: ChecksEditorProps) {
  const change = (at: number, changes: Partial<FormCheck>) => {
    const check = checks[at];
    if (check) {
      onChange(checks.with(at, { ...check, ...changes }));
    }
  };
  return (
    <div>
      <Input.Label labelElement="div">Sprawdzenia</Input.Label>
      <Input.Description>Reguła, która ma być spełniona, i zdanie, gdy nie jest.</Input.Description>
      <ul className={classes.list} aria-label="Sprawdzenia">
        {checks.map((check, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: checks have no names; their inputs hold nothing of their own
          <li key={at} className={classes.card}>
            <Stack gap="xs">
              <ExpressionField
                id={`check-${at}-rule`}
                label={`Reguła ${at + 1}`}
                value={check.rule}
                onChange={(rule) => change(at, { rule })}
                error={faults.get(`checks/${at}/rule`) ?? faults.get(`checks/${at}`)}
              />
              <TextInput
                label="Zdanie dla wypełniającego"
                value={check.sentence}
                onChange={(event) => change(at, { sentence: event.currentTarget.value })}
                error={faults.get(`checks/${at}/sentence`)}
              />
              {places && (
                <NativeSelect
                  label="Przy którym pytaniu"
                  value={check.at ?? ""}
                  onChange={(event) => change(at, { at: event.currentTarget.value })}
                  data={[
                    { value: "", label: "przy całym formularzu" },
                    ...places.map(({ key, label }) => ({ value: key, label: label || key })),
                  ]}
                  error={faults.get(`checks/${at}/at`)}
                />
              )}
              <Button
                variant="subtle"
                size="compact-sm"
                style={{ alignSelf: "start" }}
                leftSection={<IconTrash size={16} aria-hidden />}
                aria-label={`Usuń sprawdzenie ${at + 1}`}
                onClick={() => onChange(checks.toSpliced(at, 1))}
              >
                Usuń
              </Button>
            </Stack>
          </li>
        ))}
      </ul>
      <Button
        mt="xs"
        variant="default"
        size="compact-sm"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => onChange([...checks, { rule: "", sentence: "" }])}
      >
        Dodaj sprawdzenie
      </Button>
    </div>
  );
}
