import { shownDecimal, typedDecimal } from "@/ui/filling/decimals";
import type { QuestionDocument, QuestionType } from "@/ui/filling/definition";
import { formatDate } from "@/ui/format";

export type Operator = "=" | "<>" | "<" | "<=" | ">" | ">=" | "zawiera" | "nie zawiera" | "puste" | "nie puste";

export interface Term {
  question: string;
  operator: Operator;
  /** As the language writes it without quotes: "tak", "1200.50", "2026-11-23", "remont"; "" beside "puste". */
  value: string;
}

/** The rules that can be put together without writing: all of the terms hold, or one of them. */
export interface Condition {
  joiner: "i" | "lub";
  terms: readonly Term[];
}

type ValueKind = "number" | "date" | "yes_no" | "choice" | "many" | "text" | "none";

const KINDS: Partial<Record<QuestionType, ValueKind>> = {
  number: "number",
  money: "number",
  percent: "number",
  date: "date",
  yes_no: "yes_no",
  single_choice: "choice",
  multiple_choice: "many",
  short_text: "text",
  email: "text",
  phone: "text",
  pesel: "text",
  nip: "text",
  regon: "text",
  iban: "text",
};

export const kindOf = (question: QuestionDocument | undefined): ValueKind =>
  question ? (KINDS[question.type] ?? "none") : "none";

const EMPTINESS: readonly Operator[] = ["nie puste", "puste"];
const ORDER: readonly Operator[] = ["=", "<>", "<", "<=", ">", ">=", ...EMPTINESS];

export const OPERATORS: Readonly<Record<ValueKind, readonly Operator[]>> = {
  number: ORDER,
  date: ORDER,
  yes_no: ["=", ...EMPTINESS],
  choice: ["=", "<>", ...EMPTINESS],
  many: ["zawiera", "nie zawiera", ...EMPTINESS],
  text: ["=", "<>", ...EMPTINESS],
  none: EMPTINESS,
};

const NAMES: Readonly<Record<Operator, string>> = {
  "=": "jest równe",
  "<>": "jest inne niż",
  "<": "jest mniejsze niż",
  "<=": "wynosi najwyżej",
  ">": "jest większe niż",
  ">=": "wynosi co najmniej",
  zawiera: "obejmuje",
  "nie zawiera": "nie obejmuje",
  puste: "jest bez odpowiedzi",
  "nie puste": "ma odpowiedź",
};

const DATE_NAMES: Partial<Record<Operator, string>> = {
  "=": "jest dnia",
  "<>": "jest innego dnia niż",
  "<": "jest przed",
  "<=": "jest najpóźniej",
  ">": "jest po",
  ">=": "jest najwcześniej",
};

const CHOICE_NAMES: Partial<Record<Operator, string>> = { "=": "to", "<>": "to nie" };

export function operatorName(operator: Operator, kind: ValueKind): string {
  const special = kind === "date" ? DATE_NAMES : kind === "choice" || kind === "yes_no" ? CHOICE_NAMES : {};
  return special[operator] ?? NAMES[operator];
}

export const needsValue = (operator: Operator): boolean => operator !== "puste" && operator !== "nie puste";

/** The term that asking about a question begins with. */
export function firstTerm(question: QuestionDocument): Term {
  const kind = kindOf(question);
  return { question: question.key, operator: OPERATORS[kind][0] ?? "nie puste", value: kind === "yes_no" ? "tak" : "" };
}

function literal(value: string, kind: ValueKind): string {
  switch (kind) {
    case "number":
      return typedDecimal(value) || "0";
    case "date":
    case "yes_no":
      return value;
    default:
      return `"${value.replaceAll('"', '""')}"`;
  }
}

function writeTerm({ question, operator, value }: Term, kind: ValueKind): string {
  switch (operator) {
    case "puste":
      return `puste(${question})`;
    case "nie puste":
      return `nie puste(${question})`;
    case "nie zawiera":
      return `nie (${question} zawiera ${literal(value, kind)})`;
    default:
      return `${question} ${operator} ${literal(value, kind)}`;
  }
}

/** The expression that the terms say; terms that lack their value wait and are left out. */
export function writeCondition(condition: Condition, questions: readonly QuestionDocument[]): string {
  const kinds = new Map(questions.map((question) => [question.key, kindOf(question)]));
  return condition.terms
    .filter(({ operator, value }) => !needsValue(operator) || value !== "")
    .map((term) => writeTerm(term, kinds.get(term.question) ?? "text"))
    .join(` ${condition.joiner} `);
}

const KEY = "([a-z][a-z0-9_]*)";
const LITERAL = '("(?:[^"]|"")*"|\\d{4}-\\d{2}-\\d{2}|-?\\d+(?:[.,]\\d+)?|tak|nie)';

const SHAPES: readonly { shape: RegExp; read: (found: readonly string[]) => Term }[] = [
  {
    shape: new RegExp(`^puste\\(\\s*${KEY}\\s*\\)$`),
    read: ([, question = ""]) => ({ question, operator: "puste", value: "" }),
  },
  {
    shape: new RegExp(`^nie\\s+puste\\(\\s*${KEY}\\s*\\)$`),
    read: ([, question = ""]) => ({ question, operator: "nie puste", value: "" }),
  },
  {
    shape: new RegExp(`^nie\\s*\\(\\s*${KEY}\\s+zawiera\\s+${LITERAL}\\s*\\)$`),
    read: ([, question = "", value = ""]) => ({ question, operator: "nie zawiera", value: bare(value) }),
  },
  {
    shape: new RegExp(`^${KEY}\\s*(=|<>|<=|>=|<|>|\\szawiera\\s)\\s*${LITERAL}$`),
    read: ([, question = "", operator = "", value = ""]) => ({
      question,
      operator: operator.trim() as Operator,
      value: bare(value),
    }),
  },
  { shape: new RegExp(`^${KEY}$`), read: ([, question = ""]) => ({ question, operator: "=", value: "tak" }) },
];

const bare = (value: string) =>
  value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value.replace(",", ".");

/** The text cut at a joining word that stands outside quotes and brackets. */
function cut(text: string, joiner: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let isQuoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') {
      isQuoted = !isQuoted;
    } else if (!isQuoted) {
      depth += sign === "(" || sign === "[" ? 1 : sign === ")" || sign === "]" ? -1 : 0;
      const word = ` ${joiner} `;
      if (depth === 0 && text.startsWith(word, at)) {
        parts.push(text.slice(from, at));
        from = at + word.length;
        at = from - 1;
      }
    }
  }
  return [...parts, text.slice(from)].map((part) => part.trim());
}

/** The terms that an expression is made of; null when it says more than terms can, or asks about what is not there. */
export function readCondition(text: string, questions: readonly QuestionDocument[]): Condition | null {
  if (text.trim() === "") {
    return { joiner: "i", terms: [] };
  }
  const flat = text.replace(/\s+/g, " ").trim();
  const [all, any] = [cut(flat, "i"), cut(flat, "lub")];
  if (all.length > 1 && any.length > 1) {
    return null;
  }
  const joiner = any.length > 1 ? "lub" : "i";
  const known = new Map(questions.map((question) => [question.key, question]));
  const terms = (joiner === "lub" ? any : all).map((part) => {
    for (const { shape, read } of SHAPES) {
      const found = shape.exec(part);
      if (found) {
        const term = read(found);
        const kind = kindOf(known.get(term.question));
        return known.has(term.question) && OPERATORS[kind].includes(term.operator) ? term : null;
      }
    }
    return null;
  });
  return terms.every((term) => term !== null) ? { joiner, terms } : null;
}

/** The condition in Polish, for those who read it: "„Kwota” jest większe niż 1 000". */
export function conditionInWords(condition: Condition, questions: readonly QuestionDocument[]): string {
  return condition.terms
    .map(({ question: key, operator, value }) => {
      const question = questions.find((one) => one.key === key);
      const kind = kindOf(question);
      const choice = question?.options?.choices?.find((one) => one.key === value)?.label;
      const shown = kind === "number" ? shownDecimal(value) : kind === "date" ? formatDate(value) : (choice ?? value);
      const name = `„${question?.label || key}” ${operatorName(operator, kind)}`;
      return needsValue(operator) ? `${name} ${shown}` : name;
    })
    .join(condition.joiner === "i" ? " i " : " lub ");
}
