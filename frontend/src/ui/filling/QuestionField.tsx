import { Input } from "@mantine/core";
import { memo, useContext } from "react";
import { AnswerText } from "@/ui/filling/AnswerText";
import { MultipleChoiceField, StatementField } from "@/ui/filling/ChoiceAnswers";
import { PersonAnswer } from "@/ui/filling/DirectoryAnswers";
import type { Answer, QuestionDocument } from "@/ui/filling/definition";
import { FileAnswer } from "@/ui/filling/FileAnswer";
import classes from "@/ui/filling/Filler.module.css";
import { choicesOf, FillingLists } from "@/ui/filling/lists";
import { PartsField } from "@/ui/filling/PartsField";
import { type Drawn, fieldId, type Mistake, sentences } from "@/ui/filling/projection";
import { RichTextField } from "@/ui/filling/RichTextField";
import { SilentText } from "@/ui/filling/SilentText";
import { SimpleField } from "@/ui/filling/SimpleField";
import { TableField } from "@/ui/filling/TableField";

/** The `prefill` of a question about a unit that is answered with the one whose matter it is. */
const OWN_UNIT = "unit";

interface QuestionFieldProps {
  question: QuestionDocument;
  drawn: Drawn;
  /** What the person has given; undefined while they have given nothing and the server's value stands. */
  answer: Answer | undefined;
  onChange: (key: string, answer: Answer) => void;
  /** What was refused about this question, besides what the projection says. */
  refusals: readonly Mistake[];
  /** Whether nothing at all was answered yet; then only refusals are told. */
  isFresh: boolean;
}

/** One question to answer, as its type wants it. */
export const QuestionField = memo(function QuestionField(props: QuestionFieldProps) {
  const { question, drawn, answer, onChange, refusals, isFresh } = props;
  const { key, type, options = {} } = question;
  const lists = useContext(FillingLists);
  const common = {
    isFixed: question.prefill === OWN_UNIT,
    id: fieldId(key),
    label: drawn.label,
    help: drawn.help || undefined,
    options,
    choices: choicesOf(options, lists),
    value: answer === undefined ? drawn.value : answer,
    onChange: (next: Answer) => onChange(key, next),
    error: sentences(isFresh ? [] : drawn.errors, refusals, key),
    isRequired: drawn.is_required,
    wording: drawn.wording ?? undefined,
    facts: drawn.facts ?? undefined,
  };

  if (type === "heading" || type === "help_text") {
    return <SilentText type={type} drawn={drawn} />;
  }
  if (drawn.is_computed && type !== "table") {
    return (
      <div>
        <Input.Label labelElement="div" id={`${common.id}-label`}>
          {drawn.label}
        </Input.Label>
        <Input.Description>{[drawn.help, "Wylicza się samo."].filter(Boolean).join(" ")}</Input.Description>
        <output id={common.id} aria-labelledby={`${common.id}-label`} className={classes.computed}>
          <AnswerText question={question} facts={drawn.facts} wording={drawn.wording} answer={drawn.value} />
        </output>
        {common.error && <Input.Error>{common.error}</Input.Error>}
      </div>
    );
  }
  switch (type) {
    case "rich_text":
      return <RichTextField {...common} type={type} />;
    case "address":
    case "classification":
    case "personal_data":
    case "date_range":
      return <PartsField {...common} type={type} />;
    case "file":
    case "workbook":
      return <FileAnswer {...common} type={type} files={lists.files} />;
    case "statement":
      return <StatementField {...common} type={type} />;
    case "multiple_choice":
      return <MultipleChoiceField {...common} type={type} />;
    case "person":
      return <PersonAnswer {...common} type={type} />;
    case "table":
      return <TableField {...common} type={type} path={key} drawn={drawn} refusals={refusals} />;
    default:
      return <SimpleField {...common} type={type} />;
  }
});
