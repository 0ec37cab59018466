import { Button, Fieldset, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { ChoiceField } from "@/ui/ChoiceField";
import { DecimalField } from "@/ui/filling/DecimalField";
import { formatMoney } from "@/ui/format";
import type { Recommendation } from "./nouns";

type Row = Recommendation["rows"][number];
export type Changes = Record<string, { case: string; amount: string; reason: string }>;

interface AwardChangesProps {
  rows: Row[];
  value: Changes;
  onChange: (changes: Changes) => void;
}

/** The applications that get another sum than was recommended, each with its reason. */
export function AwardChanges({ rows, value, onChange }: AwardChangesProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const changed = rows.filter((row) => row.case in value);
  const others = rows.filter((row) => !(row.case in value));
  const set = (row: Row, change: Partial<Changes[string]>) => {
    const before = value[row.case] ?? { case: row.case, amount: row.recommended, reason: "" };
    onChange({ ...value, [row.case]: { ...before, ...change } });
  };
  const add = () => {
    const row = others.find((one) => one.case === chosen);
    if (row) {
      set(row, {});
      setChosen(null);
    }
  };

  return (
    <Stack gap="sm">
      {changed.map((row) => (
        <Fieldset key={row.case} legend={nameOf(row)} variant="filled">
          <Stack gap="xs">
            <Text size="sm">Rekomendowano {formatMoney(row.recommended)}.</Text>
            <DecimalField
              id={`amount.${row.case}`}
              type="money"
              label="Kwota w decyzji"
              help="Zero: odmowa."
              options={{}}
              choices={[]}
              value={value[row.case]?.amount ?? ""}
              onChange={(amount) => set(row, { amount: typeof amount === "string" ? amount : "" })}
              isRequired
            />
            <TextInput
              label="Dlaczego inna niż w rekomendacji"
              value={value[row.case]?.reason ?? ""}
              onChange={(event) => set(row, { reason: event.currentTarget.value })}
              maxLength={4000}
              required
            />
            <Group>
              <Button
                variant="subtle"
                size="xs"
                aria-label={`Zostaw jak w rekomendacji: ${nameOf(row)}`}
                onClick={() => onChange(Object.fromEntries(Object.entries(value).filter(([key]) => key !== row.case)))}
              >
                Zostaw jak w rekomendacji
              </Button>
            </Group>
          </Stack>
        </Fieldset>
      ))}
      {others.length > 0 && (
        <Group align="flex-end">
          <ChoiceField
            label="Zmień kwotę wniosku"
            choices={others.map((row) => ({ value: row.case, label: nameOf(row) }))}
            value={chosen}
            onChange={setChosen}
          />
          <Button variant="default" onClick={add} disabled={chosen === null}>
            Zmień
          </Button>
        </Group>
      )}
    </Stack>
  );
}

const nameOf = ({ title, unit }: Row): string => [title, unit].filter(Boolean).join(", ");
