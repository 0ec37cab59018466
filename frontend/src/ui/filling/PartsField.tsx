import { Fieldset, Input, Text, TextInput } from "@mantine/core";
import { DayField } from "@/ui/DayField";
import type { Answer } from "@/ui/filling/definition";
import { asParts, asText, type FieldProps, textOrNull } from "@/ui/filling/fieldParts";
import classes from "@/ui/filling/PartsField.module.css";
import { isEmpty } from "@/ui/filling/projection";

export interface Part {
  name: string;
  label: string;
  isDay?: boolean;
  inputMode?: "numeric" | "tel" | "email";
  placeholder?: string;
}

const ADDRESS: readonly Part[] = [
  { name: "street", label: "Ulica i numer" },
  { name: "postal_code", label: "Kod pocztowy", inputMode: "numeric", placeholder: "00-000" },
  { name: "city", label: "Miejscowość" },
];

const CLASSIFICATION: readonly Part[] = [
  { name: "division", label: "Dział", inputMode: "numeric", placeholder: "3 cyfry" },
  { name: "chapter", label: "Rozdział", inputMode: "numeric", placeholder: "5 cyfr" },
  { name: "paragraph", label: "Paragraf", inputMode: "numeric", placeholder: "4 cyfry" },
];

/** What may be asked of a teacher or a pupil, in the order of writing. */
export const PERSONAL_PARTS: readonly Part[] = [
  { name: "first_name", label: "Imię" },
  { name: "last_name", label: "Nazwisko" },
  { name: "birth_date", label: "Data urodzenia", isDay: true },
  { name: "birth_place", label: "Miejsce urodzenia" },
  { name: "pesel", label: "PESEL", inputMode: "numeric", placeholder: "11 cyfr" },
  { name: "post", label: "Stanowisko" },
  { name: "degree", label: "Stopień awansu zawodowego" },
  { name: "class", label: "Klasa" },
  { name: "parent", label: "Rodzic lub opiekun prawny" },
  { name: "phone", label: "Telefon", inputMode: "tel" },
  { name: "email", label: "E-mail", inputMode: "email" },
  { name: "address", label: "Adres zamieszkania" },
  { name: "account", label: "Numer rachunku", inputMode: "numeric", placeholder: "26 cyfr" },
];

/** The parts of an answer that has several: an address, a classification, a person's data. */
export function partsOf(type: string, fields: readonly string[] = []): readonly Part[] {
  switch (type) {
    case "address":
      return ADDRESS;
    case "classification":
      return CLASSIFICATION;
    case "date_range":
      return [
        { name: "from", label: "Od", isDay: true },
        { name: "to", label: "Do", isDay: true },
      ];
    default:
      return fields.map((name) => PERSONAL_PARTS.find((part) => part.name === name) ?? { name, label: name });
  }
}

/** Several small inputs that are one answer. */
export function PartsField(props: FieldProps) {
  const { id, type, label, help, options, value, onChange, error, isRequired } = props;
  const given = asParts(value);
  const change = (name: string, answer: Answer) => {
    const next = Object.fromEntries(Object.entries({ ...given, [name]: answer }).filter(([, part]) => !isEmpty(part)));
    onChange(isEmpty(next) ? null : next);
  };
  return (
    <Fieldset
      id={id}
      variant="unstyled"
      legend={
        <>
          {label}
          {isRequired && (
            <Text span c="var(--mantine-color-error)" aria-hidden>
              {" *"}
            </Text>
          )}
        </>
      }
      classNames={{ root: classes.root, legend: classes.legend }}
      aria-describedby={error ? `${id}-error` : undefined}
      miw={0}
    >
      {help && <Input.Description mb={4}>{help}</Input.Description>}
      <div className={classes.parts}>
        {partsOf(type, options.fields).map((part) =>
          part.isDay ? (
            <DayField
              key={part.name}
              id={`${id}-${part.name}`}
              label={part.label}
              value={asText(given[part.name]) || null}
              onChange={(day) => change(part.name, day)}
            />
          ) : (
            <TextInput
              key={part.name}
              id={`${id}-${part.name}`}
              label={part.label}
              inputMode={part.inputMode}
              placeholder={part.placeholder}
              autoComplete="off"
              value={asText(given[part.name])}
              onChange={(event) => change(part.name, textOrNull(event.currentTarget.value))}
            />
          ),
        )}
      </div>
      {error && (
        <Input.Error id={`${id}-error`} mt={4}>
          {error}
        </Input.Error>
      )}
    </Fieldset>
  );
}
