import { Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { shownDecimal, typedDecimal } from "@/ui/filling/decimals";
import { asText, type FieldProps, textOrNull } from "@/ui/filling/fieldParts";
import { WHOLE_SELECTED } from "@/ui/wholeSelected";

const PLACES = { money: 2, number: 0, percent: 0 } as const;

/** A number as Poles write it; while it is being typed it is left alone. */
export function DecimalField(props: FieldProps<"number" | "money" | "percent">) {
  const { id, type, label, help, options, value, onChange, error, isRequired } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const unit = { money: "zł", percent: "%", number: options.unit ?? "" }[type];
  const kept = asText(value);

  return (
    <TextInput
      id={id}
      label={label}
      description={help}
      error={error}
      required={isRequired}
      inputMode="decimal"
      autoComplete="off"
      value={typed ?? shownDecimal(kept, kept === "" ? 0 : PLACES[type])}
      {...WHOLE_SELECTED}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(textOrNull(typedDecimal(event.currentTarget.value)));
      }}
      onBlur={() => setTyped(null)}
      rightSection={unit && <Text size="sm">{unit}</Text>}
      rightSectionWidth={unit ? `calc(${unit.length}ch + 1.25rem)` : undefined}
      rightSectionPointerEvents="none"
      styles={{ input: { textAlign: "right", fontVariantNumeric: "tabular-nums" } }}
      maw={props.isCompact ? undefined : "18rem"}
    />
  );
}
