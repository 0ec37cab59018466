import { Text } from "@mantine/core";
import { useContext } from "react";
import { UnitFacts, UnitName } from "@/ui/filling/DirectoryAnswers";
import { shownDecimal } from "@/ui/filling/decimals";
import type { Answer, Choice, ColumnDocument, QuestionDocument } from "@/ui/filling/definition";
import { FileName, fileIds } from "@/ui/filling/FileAnswer";
import { asList, asParts, asText } from "@/ui/filling/fieldParts";
import { choicesOf, FillingLists } from "@/ui/filling/lists";
import { partsOf } from "@/ui/filling/PartsField";
import { isEmpty } from "@/ui/filling/projection";
import { RichText } from "@/ui/filling/RichText";
import { formatDate } from "@/ui/format";

interface AnswerTextProps {
  question: Pick<QuestionDocument | ColumnDocument, "type" | "options">;
  /** What the directory knows of the unit or person that was chosen. */
  facts?: Readonly<Record<string, string>> | null;
  /** What a statement says, where the answer itself does not keep it. */
  wording?: string | null;
  answer: Answer;
}

const NBSP = "\u00a0";

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);
const day = (answer: Answer | undefined) => (isDay(asText(answer)) ? formatDate(asText(answer)) : asText(answer));
const labelOf = (choices: readonly Choice[], key: string) => choices.find((choice) => choice.key === key)?.label ?? key;

/** An answer (all but a table's) as people read it. */
export function AnswerText({ question: { type, options = {} }, facts, wording, answer }: AnswerTextProps) {
  const lists = useContext(FillingLists);
  if (isEmpty(answer)) {
    return (
      <Text span c="dimmed" inherit>
        –
      </Text>
    );
  }
  const choices = choicesOf(options, lists);
  const text = asText(answer);
  switch (type) {
    case "money":
      return `${shownDecimal(text, 2)}${NBSP}zł`;
    case "percent":
      return `${shownDecimal(text)}${NBSP}%`;
    case "number":
      return options.unit ? `${shownDecimal(text)}${NBSP}${options.unit}` : shownDecimal(text);
    case "yes_no":
      return answer === true ? "tak" : "nie";
    case "date":
      return day(answer);
    case "date_range": {
      const { from, to } = asParts(answer);
      return `${day(from) || "…"} – ${day(to) || "…"}`;
    }
    case "single_choice":
      return labelOf(choices, text);
    case "multiple_choice":
      return (
        <ul style={{ margin: 0, paddingLeft: "1.2rem" }}>
          {asList(answer).map((one) => (
            <li key={asText(one)}>{labelOf(choices, asText(one))}</li>
          ))}
        </ul>
      );
    case "rich_text":
      return <RichText text={text} />;
    case "long_text":
      return <span style={{ whiteSpace: "pre-line" }}>{text}</span>;
    case "email":
      return <a href={`mailto:${text}`}>{text}</a>;
    case "phone":
      return <a href={`tel:${text.replace(/[^+\d]/g, "")}`}>{text}</a>;
    case "unit":
      return (
        <>
          <UnitName id={text} facts={facts ?? {}} />
          <UnitFacts facts={facts ?? {}} wanted={options.facts ?? []} />
        </>
      );
    case "person":
      return facts?.name ?? "osoba";
    case "address": {
      const { street, postal_code: code, city } = asParts(answer);
      const town = [code, city].map(asText).filter(Boolean).join(" ");
      return [asText(street), town].filter(Boolean).join(", ");
    }
    case "classification":
      return partsOf(type)
        .map(({ name, label }) => `${label.toLowerCase()} ${asText(asParts(answer)[name]) || "–"}`)
        .join(", ");
    case "personal_data":
      return (
        <>
          {partsOf(type, options.fields)
            .filter(({ name }) => !isEmpty(asParts(answer)[name]))
            .map(({ name, label, isDay: isDate }) => (
              <div key={name}>
                {label}: {isDate ? day(asParts(answer)[name]) : asText(asParts(answer)[name])}
              </div>
            ))}
        </>
      );
    case "file":
    case "workbook":
      return (
        <ul style={{ margin: 0, padding: 0, listStyle: "none" }}>
          {fileIds(type, answer).map((id) => (
            <li key={id}>
              <FileName file={lists.files.find((file) => file.id === id) ?? { id, name: "plik" }} />
            </li>
          ))}
        </ul>
      );
    case "statement":
      return `Oświadczono: „${asText(asParts(answer).wording) || wording || options.wording}”`;
    default:
      return text;
  }
}
