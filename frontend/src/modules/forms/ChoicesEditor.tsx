import { ActionIcon, Button, Group, Input, Stack, Text, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useRef } from "react";
import type { Choice } from "@/ui/filling/definition";
import classes from "./Rows.module.css";

interface ChoicesEditorProps {
  /** What the list is called: "Odpowiedzi do wyboru". */
  label?: string;
  /** The button's words: "Dodaj odpowiedź". */
  addLabel?: string;
  choices: readonly Choice[];
  onChange: (choices: Choice[]) => void;
  /** Gives a choice the key of its name, once it has left the field. */
  withKey: (choice: Choice, others: readonly Choice[]) => Choice;
  error?: string;
}

/** The things to choose from, a line each; a list pasted into a line becomes as many lines. */
export function ChoicesEditor(props: ChoicesEditorProps) {
  const { label = "Odpowiedzi do wyboru", addLabel = "Dodaj odpowiedź", choices, onChange, withKey, error } = props;
  const list = useRef<HTMLUListElement>(null);
  const focusAt = (at: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLInputElement>("input")[at]?.focus());

  const free = (taken: readonly Choice[]): string => {
    for (let number = taken.length + 1; ; number += 1) {
      const key = `odpowiedz_${number}`;
      if (!taken.some((choice) => choice.key === key)) {
        return key;
      }
    }
  };
  const add = (at: number) => {
    onChange(choices.toSpliced(at, 0, { key: free(choices), label: "" }));
    focusAt(at);
  };
  const paste = (at: number, text: string) => {
    const lines = text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean);
    const next = lines.reduce<Choice[]>(
      (all, label, place) => {
        const choice = withKey({ key: free(all), label }, all);
        return place === 0 ? all.with(at, { ...(all[at] ?? choice), label }) : all.toSpliced(at + place, 0, choice);
      },
      [...choices],
    );
    onChange(next);
  };

  return (
    <div>
      <Input.Label labelElement="div">{label}</Input.Label>
      <ul ref={list} className={classes.list} aria-label={label}>
        {choices.map((choice, at) => (
          <li key={choice.key} className={classes.row}>
            <TextInput
              aria-label={`${label}: ${at + 1}`}
              value={choice.label}
              className={classes.wide}
              onChange={(event) => onChange(choices.with(at, { ...choice, label: event.currentTarget.value }))}
              onBlur={() => {
                const next = withKey(choice, choices);
                if (next !== choice) {
                  onChange(choices.with(at, next));
                }
              }}
              onKeyDown={(event) => {
                if (event.key === "Enter") {
                  event.preventDefault();
                  add(at + 1);
                }
              }}
              onPaste={(event) => {
                const text = event.clipboardData.getData("text");
                if (/\n/.test(text.trim())) {
                  event.preventDefault();
                  paste(at, text);
                }
              }}
            />
            <Group gap={0} wrap="nowrap">
              <ActionIcon
                variant="subtle"
                size="lg"
                aria-label={`Wyżej: ${choice.label || `pozycja ${at + 1}`}`}
                disabled={at === 0}
                onClick={() => onChange(choices.toSpliced(at, 1).toSpliced(at - 1, 0, choice))}
              >
                <IconArrowUp size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                size="lg"
                aria-label={`Niżej: ${choice.label || `pozycja ${at + 1}`}`}
                disabled={at === choices.length - 1}
                onClick={() => onChange(choices.toSpliced(at, 1).toSpliced(at + 1, 0, choice))}
              >
                <IconArrowDown size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                size="lg"
                aria-label={`Usuń: ${choice.label || `pozycja ${at + 1}`}`}
                onClick={() => onChange(choices.toSpliced(at, 1))}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </Group>
          </li>
        ))}
      </ul>
      <Stack gap={4} mt="xs" align="flex-start">
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => add(choices.length)}
        >
          {addLabel}
        </Button>
        <Text size="sm" c="dimmed">
          Listę skopiowaną z arkusza wklej w dowolny wiersz.
        </Text>
      </Stack>
      {error && <Input.Error mt={4}>{error}</Input.Error>}
    </div>
  );
}
