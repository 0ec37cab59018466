import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { ChoiceField } from "@/ui/ChoiceField";
import type { Call } from "./nouns";

interface ApproverFieldsProps {
  value: string[];
  /** Those of the city, in Polish order. */
  functions: Call["functions"];
  onChange: (codes: string[]) => void;
}

/** The functions that approve a recommendation, one after another; the order is that of adding. */
export function ApproverFields({ value, functions, onChange }: ApproverFieldsProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const known = functions.map(({ key, name }) => ({ value: key, label: name }));
  const names = new Map(known.map(({ value: code, label }) => [code, label]));
  const others = known.filter(({ value: code }) => !value.includes(code));

  return (
    <Stack gap="sm">
      <Text size="sm">
        Zatwierdzają jeden po drugim; każdy może zwrócić podział z powodem. Puste: podział od razu można rozstrzygnąć.
      </Text>
      <List type="ordered">
        {value.map((code) => (
          <List.Item key={code}>
            {names.get(code) ?? code}{" "}
            <Button
              variant="subtle"
              size="xs"
              color="danger"
              aria-label={`Usuń: ${names.get(code) ?? code}`}
              onClick={() => onChange(value.filter((one) => one !== code))}
            >
              Usuń
            </Button>
          </List.Item>
        ))}
      </List>
      <Group align="flex-end">
        <ChoiceField label="Następna funkcja" choices={others} value={chosen} onChange={setChosen} />
        <Button
          variant="default"
          disabled={chosen === null}
          onClick={() => {
            if (chosen !== null) {
              onChange([...value, chosen]);
              setChosen(null);
            }
          }}
        >
          Dodaj
        </Button>
      </Group>
    </Stack>
  );
}
