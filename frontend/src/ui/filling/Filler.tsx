import { Paper, Stack, Title } from "@mantine/core";
import { useCallback, useEffect, useId, useMemo, useRef } from "react";
import type { Answer, Answers, FormDocument, SectionDocument } from "@/ui/filling/definition";
import classes from "@/ui/filling/Filler.module.css";
import { FillingLists, type Lists } from "@/ui/filling/lists";
import { bareProjection, fieldId, isEmpty, type Mistake, type Projection } from "@/ui/filling/projection";
import { QuestionField } from "@/ui/filling/QuestionField";
import { RichText } from "@/ui/filling/RichText";
import { ToldAnswer } from "@/ui/filling/ToldAnswer";

interface FillerProps {
  definition: FormDocument;
  /** What the server made of the answers; null draws the definition alone, until a server looks at the answers. */
  projection: Projection | null;
  answers: Answers;
  /** The whole new answer of one question; null when it was cleared. */
  onChange: (key: string, answer: Answer) => void;
  /** Refusals to stand beside their fields: what sending found wrong or missing. */
  mistakes?: readonly Mistake[];
  readOnly?: boolean;
  /** Keys of the sections that may be changed; null for all. */
  openSections?: readonly string[] | null;
  /** The level of the sections' headings. */
  headingOrder?: 2 | 3 | 4;
  /** Beside another form, whose questions may bear the same keys: links to a field lead there and not here. */
  isAside?: boolean;
  /** For a few fields in a dialog: neither headings nor frames. */
  hidesTitles?: boolean;
  /** Of each dictionary that the form offers, the labels by their keys. */
  dictionaries?: Lists["dictionaries"];
  /** The files that the answers name. */
  files?: Lists["files"];
}

const NONE: readonly Mistake[] = [];
const NO_FILES: Lists["files"] = [];
const NO_DICTIONARIES: Lists["dictionaries"] = {};

/**
 * A form to fill in or to read, drawn from its definition and from what the server made of the answers. It shows,
 * hides, requires, sums and judges nothing by itself.
 */
export function Filler(props: FillerProps) {
  const { definition, answers, onChange, mistakes = NONE, readOnly = false, openSections = null } = props;
  const {
    headingOrder = 2,
    hidesTitles = false,
    isAside = false,
    dictionaries = NO_DICTIONARIES,
    files = NO_FILES,
  } = props;
  const lists = useMemo(() => ({ dictionaries, files }), [dictionaries, files]);
  const projection = useMemo(
    () => props.projection ?? bareProjection(definition, answers),
    [props.projection, definition, answers],
  );
  // Nobody has done anything wrong yet: what is judged of no answers is told once it is asked for.
  const isFresh = useMemo(() => Object.values(answers).every(isEmpty), [answers]);
  const refused = useMemo(() => byQuestion(mistakes), [mistakes]);
  const newest = useRef(onChange);
  useEffect(() => {
    newest.current = onChange;
  });
  const change = useCallback((key: string, answer: Answer) => newest.current(key, answer), []);

  return (
    <FillingLists value={lists}>
      <Stack gap={hidesTitles ? "md" : "lg"}>
        {definition.sections
          .filter(({ key }) => projection.sections[key]?.is_visible)
          .map((section) => (
            <Section
              key={section.key}
              section={section}
              projection={projection}
              answers={answers}
              mistakes={refused}
              onChange={change}
              isFresh={isFresh}
              isRead={readOnly || (openSections !== null && !openSections.includes(section.key))}
              headingOrder={headingOrder}
              hidesTitles={hidesTitles}
              isAside={isAside}
            />
          ))}
      </Stack>
    </FillingLists>
  );
}

interface SectionProps {
  section: SectionDocument;
  projection: Projection;
  answers: Answers;
  mistakes: ReadonlyMap<string, readonly Mistake[]>;
  onChange: (key: string, answer: Answer) => void;
  isFresh: boolean;
  isRead: boolean;
  headingOrder: 2 | 3 | 4;
  hidesTitles: boolean;
  isAside: boolean;
}

function Section(props: SectionProps) {
  const { section, projection, answers, mistakes, onChange, isFresh, isRead, headingOrder, hidesTitles, isAside } =
    props;
  const heading = useId();
  const told = projection.sections[section.key];
  const title = told?.title || section.title;
  const description = told?.description || section.description;

  const questions = (
    <Stack gap="md" className={classes.questions}>
      {section.questions.map((question) => {
        const drawn = projection.questions[question.key];
        if (!drawn?.is_visible) {
          return null;
        }
        const answer = answers[question.key];
        return isRead ? (
          <ToldAnswer key={question.key} question={question} drawn={drawn} answer={answer} isAside={isAside} />
        ) : (
          <QuestionField
            key={question.key}
            question={question}
            drawn={drawn}
            answer={answer}
            onChange={onChange}
            isFresh={isFresh}
            refusals={mistakes.get(question.key) ?? NONE}
          />
        );
      })}
    </Stack>
  );
  if (hidesTitles) {
    return questions;
  }
  return (
    <Paper
      component="section"
      aria-labelledby={heading}
      id={isAside ? undefined : fieldId(section.key)}
      tabIndex={-1}
      className={classes.section}
      withBorder={headingOrder === 2}
      p={headingOrder === 2 ? "md" : 0}
    >
      {title && (
        <Title order={headingOrder} id={heading} mb={description ? 4 : "sm"}>
          {title}
        </Title>
      )}
      {description && (
        <div className={classes.description}>
          <RichText text={description} />
        </div>
      )}
      {questions}
    </Paper>
  );
}

/** Mistakes by the question they are about, each list the same as long as the mistakes are. */
function byQuestion(mistakes: readonly Mistake[]): ReadonlyMap<string, readonly Mistake[]> {
  const sorted = new Map<string, Mistake[]>();
  for (const mistake of mistakes) {
    const key = mistake.path.split("/")[0] ?? "";
    sorted.set(key, [...(sorted.get(key) ?? []), mistake]);
  }
  return sorted;
}
