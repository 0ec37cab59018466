import { Text } from "@mantine/core";
import classes from "@/ui/filling/Filler.module.css";
import type { Drawn } from "@/ui/filling/projection";
import { RichText } from "@/ui/filling/RichText";

/** A heading or a text between questions, which asks for nothing. */
export function SilentText({ type, drawn }: { type: "heading" | "help_text"; drawn: Drawn }) {
  if (type === "heading") {
    return (
      <div className={classes.heading}>
        <Text fw={650} size="lg">
          {drawn.label}
        </Text>
        {drawn.help && <RichText text={drawn.help} />}
      </div>
    );
  }
  return (
    <div className={classes.note}>
      {drawn.label && <Text fw={600}>{drawn.label}</Text>}
      {drawn.help && <RichText text={drawn.help} />}
    </div>
  );
}
