import { Text, Textarea, TextInput } from "@mantine/core";
import type { HTMLAttributes } from "react";
import { DayField } from "@/ui/DayField";
import { SingleChoiceField, YesNoField } from "@/ui/filling/ChoiceAnswers";
import { DecimalField } from "@/ui/filling/DecimalField";
import { UnitField } from "@/ui/filling/DirectoryAnswers";
import type { SimpleType } from "@/ui/filling/definition";
import { asText, type FieldProps, textOrNull } from "@/ui/filling/fieldParts";
import { counted } from "@/ui/format";

interface Manner {
  type?: string;
  inputMode?: HTMLAttributes<HTMLInputElement>["inputMode"];
  placeholder?: string;
  /** As wide as what is typed into it. */
  width?: string;
}

const MANNERS: Partial<Record<SimpleType, Manner>> = {
  email: { type: "email", inputMode: "email", width: "28rem" },
  phone: { type: "tel", inputMode: "tel", width: "18rem" },
  pesel: { inputMode: "numeric", placeholder: "11 cyfr", width: "14rem" },
  nip: { inputMode: "numeric", placeholder: "10 cyfr", width: "14rem" },
  regon: { inputMode: "numeric", placeholder: "9 albo 14 cyfr", width: "14rem" },
  iban: { placeholder: "26 cyfr", width: "24rem" },
};

/** The input of a type that may stand in a table too. */
export function SimpleField(props: FieldProps<SimpleType>) {
  const { id, type, label, help, options, value, onChange, error, isRequired, isCompact } = props;
  switch (type) {
    case "number":
    case "money":
    case "percent":
      return <DecimalField {...props} type={type} />;
    case "yes_no":
      return <YesNoField {...props} />;
    case "single_choice":
      return <SingleChoiceField {...props} />;
    case "unit":
      return <UnitField {...props} />;
    case "date":
      return (
        <div style={{ maxWidth: isCompact ? undefined : "18rem" }}>
          <DayField
            {...{ id, label, error, isRequired }}
            description={help}
            value={asText(value) || null}
            onChange={onChange}
          />
        </div>
      );
    case "long_text":
      return (
        <div>
          <Textarea
            id={id}
            label={label}
            description={help}
            error={error}
            required={isRequired}
            autosize
            minRows={isCompact ? 1 : 3}
            value={asText(value)}
            onChange={(event) => onChange(textOrNull(event.currentTarget.value))}
          />
          <Room of={asText(value)} most={options.max_length} />
        </div>
      );
    default: {
      const manner = MANNERS[type] ?? {};
      return (
        <div>
          <TextInput
            id={id}
            label={label}
            description={help}
            error={error}
            required={isRequired}
            type={manner.type}
            inputMode={manner.inputMode}
            placeholder={manner.placeholder}
            autoComplete="off"
            value={asText(value)}
            onChange={(event) => onChange(textOrNull(event.currentTarget.value))}
            maw={isCompact ? undefined : manner.width}
          />
          <Room of={asText(value)} most={options.max_length} />
        </div>
      );
    }
  }
}

/** How much may still be written, told when the end is near. Nothing is cut off: what is too long is said, not lost. */
function Room({ of, most }: { of: string; most: number | undefined }) {
  if (!most || of.length < 0.8 * most) {
    return null;
  }
  const left = most - of.length;
  return (
    <Text size="sm" c={left < 0 ? "var(--mantine-color-error)" : "dimmed"} mt={2}>
      {left < 0
        ? `Za długie o ${counted(-left, "znak", "znaki", "znaków")}.`
        : `Zostało ${counted(left, "znak", "znaki", "znaków")}.`}
    </Text>
  );
}
