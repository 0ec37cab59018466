export interface FieldProblem {
  /** Path of the field in the body that was sent, dots between levels: "audience.units". */
  field: string;
  detail: string;
}

/** What was changed last of something that somebody else changed; empty where the log is not for the reader. */
export interface ChangedMeanwhile {
  at: string;
  who: string;
  is_own: boolean;
  what: string;
  fields: readonly string[];
}

/** A refusal of the server, or of the network: a code for programs, a Polish sentence for people. */
export class Problem extends Error {
  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly fields: readonly FieldProblem[] = [],
    readonly changes: ChangedMeanwhile | null = null,
  ) {
    super(detail);
    this.name = "Problem";
  }

  /** True when the same request may succeed if it is simply sent again. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}

const SENTENCES: Record<number, string> = {
  400: "Serwer nie zrozumiał tego żądania. Odśwież stronę i spróbuj ponownie.",
  401: "Sesja wygasła. Zaloguj się ponownie.",
  403: "Nie masz uprawnień do tej czynności. Jeśli są potrzebne, poproś o nie administratora.",
  404: "Nie ma takiej strony albo nie masz do niej dostępu.",
  409: "Ktoś inny zmienił te dane. Odśwież stronę i spróbuj ponownie.",
  413: "Plik jest za duży. Wybierz mniejszy.",
  429: "Zbyt wiele prób w krótkim czasie. Odczekaj minutę i spróbuj ponownie.",
};

const UNKNOWN =
  "Serwer nie wykonał tej czynności. Spróbuj ponownie za chwilę; jeśli to nie pomoże, zgłoś to administratorowi.";

export const noConnection = (): Problem =>
  new Problem(0, "no_connection", "Brak połączenia z serwerem. Sprawdź internet i spróbuj ponownie.");

function isFieldProblem(value: unknown): value is FieldProblem {
  return (
    typeof value === "object" &&
    value !== null &&
    "field" in value &&
    "detail" in value &&
    typeof value.field === "string" &&
    typeof value.detail === "string"
  );
}

const isChangedMeanwhile = (value: unknown): value is ChangedMeanwhile =>
  typeof value === "object" &&
  value !== null &&
  "at" in value &&
  typeof value.at === "string" &&
  "who" in value &&
  typeof value.who === "string";

/** The problem told by the body of an answer; a body of another shape (a proxy's page) gets a sentence by status. */
export function toProblem(status: number, body: unknown): Problem {
  const fallback = SENTENCES[status] ?? UNKNOWN;
  if (typeof body !== "object" || body === null || !("detail" in body) || typeof body.detail !== "string") {
    return new Problem(status, "unknown", fallback);
  }
  const code = "code" in body && typeof body.code === "string" ? body.code : "unknown";
  const errors = "errors" in body && Array.isArray(body.errors) ? body.errors.filter(isFieldProblem) : [];
  const changes = "changes" in body && isChangedMeanwhile(body.changes) ? body.changes : null;
  return new Problem(status, code, body.detail || fallback, errors, changes);
}

export async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    return toProblem(response.status, JSON.parse(text));
  } catch {
    return toProblem(response.status, null);
  }
}

/** What is wrong, as a Problem: a fault of our own code becomes a general sentence. */
export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem(-1, "fault", UNKNOWN);

/**
 * What a screen tells of an error. That the session has ended is told by the dialog over the screen, which also mends it:
 * beside the form the sentence would outlive the new session.
 */
export function toldProblem(error: unknown): Problem | null {
  const problem = error ? asProblem(error) : null;
  return problem?.code === "not_authenticated" ? null : problem;
}
