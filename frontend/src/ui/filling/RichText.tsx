import { Anchor } from "@mantine/core";
import { Fragment, type ReactNode } from "react";
import classes from "@/ui/filling/RichText.module.css";
import { type Block, type Inline, readRichText } from "@/ui/filling/richText";

/** A text with the few marks that authors of forms may use; nothing in it is ever taken as HTML. */
export function RichText({ text }: { text: string }) {
  return (
    <div className={classes.text}>
      <Each of={readRichText(text)}>{(block) => <Piece block={block} />}</Each>
    </div>
  );
}

function Piece({ block }: { block: Block }) {
  if (block.kind === "paragraph") {
    return (
      <p>
        <Each of={block.lines}>
          {(line) => (
            <span className={classes.line}>
              <Line parts={line} />
            </span>
          )}
        </Each>
      </p>
    );
  }
  const entries = (
    <Each of={block.entries}>
      {(entry) => (
        <li>
          <Line parts={entry} />
        </li>
      )}
    </Each>
  );
  return block.isNumbered ? <ol>{entries}</ol> : <ul>{entries}</ul>;
}

function Line({ parts }: { parts: readonly Inline[] }) {
  return <Each of={parts}>{(part) => <Part part={part} />}</Each>;
}

function Part({ part }: { part: Inline }) {
  switch (part.kind) {
    case "text":
      return part.text;
    case "bold":
      return (
        <strong>
          <Line parts={part.inside} />
        </strong>
      );
    case "italic":
      return (
        <em>
          <Line parts={part.inside} />
        </em>
      );
    case "link":
      return (
        <Anchor href={part.to} target="_blank" rel="noreferrer" underline="always">
          <Line parts={part.inside} />
        </Anchor>
      );
  }
}

/** A text is drawn anew as a whole: its parts have no names besides their places. */
function Each<T>({ of, children }: { of: readonly T[]; children: (part: T) => ReactNode }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: as above
  return of.map((part, place) => <Fragment key={place}>{children(part)}</Fragment>);
}
