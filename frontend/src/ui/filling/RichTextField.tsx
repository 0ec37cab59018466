import { ActionIcon, Group, Input, Textarea } from "@mantine/core";
import { IconBold, IconItalic, IconLink, IconList, IconListNumbers } from "@tabler/icons-react";
import { useRef } from "react";
import { asText, type FieldProps, textOrNull } from "@/ui/filling/fieldParts";
import { RichText } from "@/ui/filling/RichText";
import classes from "@/ui/filling/RichTextField.module.css";

const MARKS = [
  { label: "Pogrubienie", icon: IconBold, before: "**", after: "**" },
  { label: "Kursywa", icon: IconItalic, before: "*", after: "*" },
  { label: "Lista", icon: IconList, before: "\n- ", after: "" },
  { label: "Lista numerowana", icon: IconListNumbers, before: "\n1. ", after: "" },
  { label: "Odnośnik", icon: IconLink, before: "[", after: "](https://)" },
] as const;

/** A text with a few marks, and under it what it will look like. */
export function RichTextField({ id, label, help, value, onChange, error, isRequired }: FieldProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  const text = asText(value);

  const put = (before: string, after: string) => {
    const area = input.current;
    if (!area) {
      return;
    }
    const { selectionStart: start, selectionEnd: end } = area;
    onChange(text.slice(0, start) + before + text.slice(start, end) + after + text.slice(end));
    requestAnimationFrame(() => {
      area.focus();
      area.setSelectionRange(start + before.length, end + before.length);
    });
  };

  return (
    <div>
      <Input.Label htmlFor={id} required={isRequired}>
        {label}
      </Input.Label>
      {help && <Input.Description mb={4}>{help}</Input.Description>}
      <Group gap={4} mb={4} role="toolbar" aria-label={`${label}: wygląd tekstu`}>
        {MARKS.map(({ label: name, icon: Icon, before, after }) => (
          <ActionIcon key={name} variant="default" size="lg" aria-label={name} onClick={() => put(before, after)}>
            <Icon size={18} aria-hidden />
          </ActionIcon>
        ))}
      </Group>
      <Textarea
        id={id}
        ref={input}
        error={error}
        required={isRequired}
        autosize
        minRows={4}
        value={text}
        onChange={(event) => onChange(textOrNull(event.currentTarget.value))}
      />
      {/[*[]|^(-|\d+\.) /m.test(text) && (
        <section className={classes.preview} aria-label={`${label}: tak będzie wyglądać`}>
          <RichText text={text} />
        </section>
      )}
    </div>
  );
}
