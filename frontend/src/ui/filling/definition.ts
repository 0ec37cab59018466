/** A form as its author wrote it: the document that the server keeps. What is absent counts as empty. */
export interface FormDocument {
  format: number;
  title: string;
  introduction?: string;
  sections: SectionDocument[];
  checks?: FormCheck[];
  sources?: string[];
}

export interface SectionDocument {
  key: string;
  title: string;
  description?: string;
  /** An expression; empty: always shown. */
  show?: string;
  questions: QuestionDocument[];
}

export interface QuestionDocument {
  key: string;
  type: QuestionType;
  label: string;
  help?: string;
  required?: boolean;
  show?: string;
  required_when?: string;
  default?: string;
  compute?: string;
  checks?: Check[];
  options?: Options;
  prefill?: string;
}

export interface Check {
  /** An expression that holds when all is well. */
  rule: string;
  sentence: string;
}

export interface FormCheck extends Check {
  /** The question beside which the sentence stands. */
  at?: string;
}

export interface Choice {
  key: string;
  label: string;
}

export interface ColumnDocument {
  key: string;
  type: SimpleType;
  label: string;
  help?: string;
  required?: boolean;
  compute?: string;
  show?: string;
  options?: Options;
}

/** Everything that any type can be told; which members mean something depends on the type. */
export interface Options {
  max_length?: number;
  min?: string | number | null;
  max?: string | number | null;
  decimals?: number;
  unit?: string;
  choices?: Choice[];
  dictionary?: string;
  other?: boolean;
  columns?: ColumnDocument[];
  min_rows?: number;
  max_rows?: number | null;
  sums?: string[];
  kinds?: string[];
  facts?: string[];
  of?: "teacher" | "pupil";
  fields?: string[];
  endings?: string[];
  /** Bytes. */
  max_size?: number | null;
  max_count?: number | null;
  template?: string;
  wording?: string;
  /** A computed value that only helps other rules: no screen draws it. */
  hidden?: boolean;
  /** The answer betrays who applies. */
  identifying?: boolean;
  /** The answer is the title of the case. */
  names?: boolean;
}

/** The columns of a table that are drawn. */
export const shownColumns = (options: Options | undefined): ColumnDocument[] =>
  (options?.columns ?? []).filter((column) => !column.options?.hidden);

/** Types that a column of a table may have too. */
export const SIMPLE_TYPES = [
  "short_text",
  "long_text",
  "number",
  "money",
  "percent",
  "date",
  "yes_no",
  "single_choice",
  "unit",
  "email",
  "phone",
  "pesel",
  "nip",
  "regon",
  "iban",
] as const;

export type SimpleType = (typeof SIMPLE_TYPES)[number];

export type QuestionType =
  | SimpleType
  | "rich_text"
  | "multiple_choice"
  | "date_range"
  | "table"
  | "person"
  | "personal_data"
  | "classification"
  | "address"
  | "file"
  | "workbook"
  | "statement"
  | "heading"
  | "help_text";

/** An answer as JSON carries it: money as "1234.50", a day as "2026-11-23", null for none. */
export type Answer = string | boolean | null | readonly Answer[] | { readonly [name: string]: Answer };

export type Answers = Readonly<Record<string, Answer>>;

export interface TableRow {
  readonly id: string;
  readonly [column: string]: Answer;
}

/** Questions that say something and ask for nothing. */
export const isSilent = (type: QuestionType): boolean => type === "heading" || type === "help_text";

/** The document in an answer of the API, which describes it as JSON alone: the server has read it before giving it out. */
export const asDefinition = (json: unknown): FormDocument => json as FormDocument;
