import { ActionIcon, Button, Group, Menu, Text } from "@mantine/core";
import { IconAlertTriangle, IconArrowDown, IconArrowUp, IconGripVertical, IconPlus } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import type { FormDocument, QuestionType } from "@/ui/filling/definition";
import {
  addQuestion,
  addSection,
  moveQuestion,
  moveSection,
  nameOf,
  placeInWords,
  placeQuestion,
  placeSection,
  sectionOf,
  titleOf,
} from "./draft";
import { useDragging } from "./dragging";
import { TYPE_GROUPS, TYPE_LABELS } from "./nouns";
import classes from "./Outline.module.css";

/** What is being edited: the form itself (""), or a section or a question by its key. */
export type Chosen = string;

interface OutlineProps {
  form: FormDocument;
  chosen: Chosen;
  /** How many faults each section and question has, by key; "" for the form itself. */
  faults: ReadonlyMap<string, number>;
  onChoose: (key: Chosen) => void;
  /** Something new was added: on to writing it. */
  onAdded: (key: Chosen) => void;
  onChange: (form: FormDocument, what: string) => void;
}

/** Sections and questions in their order: chosen with a press, moved by dragging, by buttons, or with Alt and an arrow. */
export function Outline({ form, chosen, faults, onChoose, onAdded, onChange }: OutlineProps) {
  const [said, setSaid] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const isSection = (key: string) => form.sections.some((section) => section.key === key);

  const tell = (moved: FormDocument, key: string) => {
    if (moved === form) {
      setSaid("Dalej się nie da.");
      return;
    }
    onChange(moved, "przeniesienie");
    setSaid(placeInWords(moved, key));
    focusOn(key);
  };
  const focusOn = (key: string) =>
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus());
  const move = (key: string, step: -1 | 1) =>
    tell(isSection(key) ? moveSection(form, key, step) : moveQuestion(form, key, step), key);

  const dragging = useDragging((key, over, isAfter) => {
    if (isSection(key)) {
      const left = form.sections.filter((section) => section.key !== key);
      const target = isSection(over) ? over : (sectionOf(form, over)?.key ?? "");
      tell(placeSection(form, key, left.findIndex((section) => section.key === target) + (isAfter ? 1 : 0)), key);
      return;
    }
    const section = isSection(over) ? form.sections.find((one) => one.key === over) : sectionOf(form, over);
    const left = section?.questions.filter((question) => question.key !== key) ?? [];
    const place = isSection(over) ? 0 : left.findIndex((question) => question.key === over) + (isAfter ? 1 : 0);
    tell(placeQuestion(form, key, section?.key ?? "", place), key);
  });

  const press = (event: KeyboardEvent, key: string) => {
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : null;
    if (step === null) {
      return;
    }
    event.preventDefault();
    if (event.altKey) {
      move(key, step);
      return;
    }
    const all = [...(list.current?.querySelectorAll<HTMLElement>("[data-key]") ?? [])];
    all[all.findIndex((one) => one.dataset.key === key) + step]?.focus();
  };

  const entry = (key: string, name: string, kind: string, className: string | undefined): ReactNode => (
    <div
      className={[
        classes.entry,
        className,
        chosen === key && classes.chosen,
        dragging.over?.key === key && (dragging.over.isAfter ? classes.after : classes.before),
      ]
        .filter(Boolean)
        .join(" ")}
      data-place={key}
    >
      <span className={classes.grip} aria-hidden {...dragging.grip(key)}>
        <IconGripVertical size={16} />
      </span>
      <button
        type="button"
        className={classes.name}
        data-key={key}
        aria-current={chosen === key ? "true" : undefined}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        onClick={() => onChoose(key)}
        onKeyDown={(event) => press(event, key)}
      >
        <span>{name}</span>
        {kind && <span className={classes.kind}>{kind}</span>}
        {(faults.get(key) ?? 0) > 0 && (
          <IconAlertTriangle size={16} className={classes.fault} role="img" aria-label="wymaga poprawki" />
        )}
      </button>
      {chosen === key && (
        <span className={classes.moves}>
          <ActionIcon variant="subtle" aria-label={`Przenieś wyżej: ${name}`} onClick={() => move(key, -1)}>
            <IconArrowUp size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="subtle" aria-label={`Przenieś niżej: ${name}`} onClick={() => move(key, 1)}>
            <IconArrowDown size={16} aria-hidden />
          </ActionIcon>
        </span>
      )}
    </div>
  );

  const add = (section: string, type: QuestionType) => {
    const after = sectionOf(form, chosen)?.key === section ? chosen : undefined;
    const added = addQuestion(form, section, type, after);
    onChange(added.form, "dodanie pytania");
    onAdded(added.key);
  };

  return (
    <nav aria-label="Układ formularza" className={classes.outline}>
      <button
        type="button"
        className={`${classes.entry} ${classes.whole} ${chosen === "" ? classes.chosen : ""}`}
        aria-current={chosen === "" ? "true" : undefined}
        onClick={() => onChoose("")}
      >
        Cały formularz
        {(faults.get("") ?? 0) > 0 && (
          <IconAlertTriangle size={16} className={classes.fault} role="img" aria-label="wymaga poprawki" />
        )}
      </button>
      <ul ref={list} className={classes.list}>
        {form.sections.map((section, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: naming a thing changes its key, under a press on its buttons
          <li key={at}>
            {entry(section.key, titleOf(section), "", classes.section)}
            <ul className={classes.list}>
              {section.questions.map((question, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <li key={place}>
                  {entry(question.key, nameOf(question), question.label ? TYPE_LABELS[question.type] : "", undefined)}
                </li>
              ))}
            </ul>
            <AddQuestion section={titleOf(section)} onAdd={(type) => add(section.key, type)} />
          </li>
        ))}
      </ul>
      <Group mt="sm">
        <Button
          variant="default"
          size="sm"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => {
            const added = addSection(form);
            onChange(added.form, "dodanie sekcji");
            onAdded(added.key);
          }}
        >
          Dodaj sekcję
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mt="sm" className={classes.hint}>
        Kolejność: przeciągnij za uchwyt albo naciśnij Alt i strzałkę.
      </Text>
      <div role="status" className={classes.said}>
        {said}
      </div>
    </nav>
  );
}

function AddQuestion({ section, onAdd }: { section: string; onAdd: (type: QuestionType) => void }) {
  return (
    <Menu position="bottom-start" withinPortal shadow="md" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          className={classes.add}
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={16} aria-hidden />}
          aria-label={`Dodaj pytanie do sekcji: ${section}`}
        >
          Dodaj pytanie
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.types} aria-label="Rodzaj pytania">
        {TYPE_GROUPS.map(({ group, types }) => (
          <div key={group}>
            <Menu.Label>{group}</Menu.Label>
            {types.map((type) => (
              <Menu.Item key={type} onClick={() => onAdd(type)}>
                {TYPE_LABELS[type]}
              </Menu.Item>
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
