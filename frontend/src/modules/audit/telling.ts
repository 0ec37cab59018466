import { formatDate, formatDateTime, formatNumber } from "@/ui/format";

/** What the log calls fields, in Polish; a field that is not here is shown under its own name. */
const FIELDS: Record<string, string> = {
  accepted: "przyjęto",
  action: "czynność",
  added: "dodano",
  address: "adres",
  administrator: "administrator",
  allows_links: "akceptacja z listu",
  amount: "kwota",
  applications: "wnioski",
  archive: "archiwum",
  archive_category: "kategoria archiwalna",
  archives: "archiwa",
  as: "plik",
  asked: "wnioskowano",
  asked_by: "kto poprosił",
  asked_by_id: "identyfikator osoby, która poprosiła",
  asked_for: "poproszono o",
  at: "chwila",
  audience: "adresaci",
  author: "kto przejął sprawy",
  building: "numer budynku",
  by: "sposób",
  calendar: "kalendarz",
  call: "nabór",
  case: "sprawa",
  chain: "kto akceptuje",
  chain_end: "koniec łańcucha dziennika",
  chain_holds: "dziennik nienaruszony",
  changed: "zmienione kwoty",
  changes: "zmiany",
  channel: "jak powiadamiać",
  chapter: "rozdział",
  cities: "miasta",
  city: "miejscowość",
  classification: "klasyfikacja budżetowa",
  client_id: "identyfikator klienta",
  closed_on: "zamknięta od",
  code: "kod",
  codes: "kody",
  committee: "komisja",
  copied_from: "skopiowano z",
  decided_on: "data zarządzenia",
  decision: "zarządzenie",
  description: "opis",
  device: "przeglądarka",
  docx: "plik Worda",
  domain: "adres miasta",
  domains: "adresy",
  due_at: "termin",
  gross: "kwota brutto",
  handed_to: "kto odpowiada",
  edition: "wydanie",
  edoreczenia: "e-Doręczenia",
  email: "e-mail",
  ends_on: "ostatni dzień",
  entries: "wpisy RSPO",
  error: "błąd",
  event: "krok",
  expires_at: "działa do",
  export: "pobrano",
  exported: "pobrano",
  fields: "pola",
  file: "plik",
  files: "pliki",
  first_name: "imię",
  flat: "numer lokalu",
  folder: "katalog",
  for: "dla",
  forms: "formularze",
  from_year: "z roku",
  function: "funkcja",
  functions: "funkcje",
  fund: "źródło środków",
  given: "do przyznania",
  granted: "przyznano",
  ground: "podstawa",
  holders: "kto pełni",
  home: "miejsce pracy",
  in_force: "działa dziś",
  invited: "zaproszono",
  invoiced: "zafakturowano",
  is_active: "czynne",
  is_archived: "w archiwum",
  joined: "przypisano do miejsca",
  kept: "zostaje",
  key: "klucz",
  kind: "rodzaj",
  label: "co zrobiono",
  last_name: "nazwisko",
  letter: "pismo",
  letters: "pisma",
  link: "odnośnik",
  lost: "utracono",
  lost_factor: "utrata drugiego składnika",
  made_at: "z dnia",
  max_units: "najwięcej jednostek",
  message: "wiadomość",
  mode: "sposób scalania",
  modules: "moduły",
  monthly_price: "cena za miesiąc",
  moved: "przeniesiono",
  moves: "przenosi sprawy",
  name: "nazwa",
  nip: "NIP",
  note: "uwagi",
  number: "numer",
  opened_on: "czynna od",
  outcome: "wynik",
  over: "nad linią podziału",
  owner: "czego dotyczy",
  owner_id: "identyfikator",
  paragraph: "paragraf",
  password: "hasło",
  pdf: "plik PDF",
  payments: "wypłaty",
  people: "osoby",
  permissions: "uprawnienia",
  person: "osoba",
  phone: "telefon",
  plan: "plan",
  position: "stanowisko",
  postal_code: "kod pocztowy",
  prefilled: "wypełniono z góry",
  problem: "problem z plikiem",
  procedure: "procedura",
  proposed: "zaproponowano",
  proposed_by: "kto zaproponował",
  proposed_by_id: "identyfikator osoby, która zaproponowała",
  proposed_to: "zaproponowano",
  published: "opublikowano",
  reason: "powód",
  recalled: "wycofano",
  refusal: "odmowa",
  refused: "odmówiono",
  regon: "REGON",
  released: "zwolniono",
  reminded: "przypomniano (liczba)",
  removed: "usunięto",
  requires_mfa: "wymaga drugiego składnika",
  reserved: "zarezerwowano",
  returned: "zwrócono",
  revision: "wersja",
  revoked: "unieważniono",
  role: "rola",
  roles: "role",
  rows: "liczba wierszy",
  rule: "zasada",
  scenario: "wariant podziału",
  schema_name: "nazwa techniczna miasta",
  schemas: "miasta",
  scope: "gdzie",
  scope_id: "miejsce",
  scope_kind: "gdzie",
  search: "szukano",
  secret_changed: "zmieniono sekret",
  secrets_sealed: "zaszyfrowano sekrety",
  section_id: "referat",
  sections: "części",
  sentence: "odpowiedź systemu",
  server_url: "adres serwera",
  session_ended: "zakończona sesja",
  set_aside: "odłożono odpowiedzi",
  settled: "rozliczono",
  sha256: "suma kontrolna",
  shares: "kwoty w pozycjach",
  sheets: "arkusze",
  short_name: "nazwa skrócona",
  since: "od",
  size: "rozmiar",
  source: "skąd dane",
  stage: "etap",
  starts_on: "pierwszy dzień",
  state: "stan",
  street: "ulica",
  subject: "temat",
  substitute: "zastępca",
  successor: "kto przejął sprawy",
  tells_new_devices: "listy o nowych przeglądarkach",
  template_revision: "wersja wzoru",
  templates: "wzory pism",
  title: "czego dotyczy",
  to_year: "na rok",
  total: "razem",
  trusts_addresses: "ufamy adresom e-mail",
  typed: "wpisano",
  undo_seconds: "sekundy na cofnięcie",
  unit_id: "jednostka",
  units: "jednostki",
  valid_from: "od",
  valid_to: "do",
  verdict: "decyzja",
  version: "wersja",
  viewed: "obejrzano",
  waiting: "czekają",
  waits_for_approval: "czeka na zatwierdzenie",
  was: "przedtem",
  website: "strona",
  workbooks: "arkusze",
  year: "rok",
  list: "lista",
  columns: "kolumny",
  ordering: "kolejność",
  side: "strona",
  wants_answer: "prosi o odpowiedź",
  question: "pytanie",
};

/** What is told first, in this order; the rest follows as the log keeps it. */
const FIRST = [
  "person",
  "substitute",
  "role",
  "function",
  "scope",
  "scope_kind",
  "scope_id",
  "valid_from",
  "valid_to",
  "starts_on",
  "ends_on",
];

/** Fields that hold the number of somebody's account. */
const PEOPLE = new Set(["person", "substitute", "successor", "author"]);

/** Units bore the name of the directory until they moved below the accounts. */
const TARGETS: Record<string, string> = {
  "accounts.apitoken": "klucz API",
  "accounts.assignment": "nadana rola",
  "accounts.function": "funkcja",
  "accounts.holder": "pełniący funkcję",
  "accounts.keptview": "widok listy",
  "accounts.person": "konto",
  "accounts.role": "rola",
  "accounts.substitution": "zastępstwo",
  "budget.classification": "pozycja klasyfikacji",
  "budget.entry": "zapisy w puli",
  "budget.pot": "pula",
  "directory.group": "grupa",
  "directory.membership": "miejsce pracy",
  "directory.section": "referat",
  "directory.unit": "jednostka",
  "directory.unitkind": "rodzaj jednostek",
  "files.file": "plik",
  "messaging.answer": "odpowiedź",
  "messaging.delivery": "otrzymana wiadomość",
  "messaging.merge": "scalenie",
  "messaging.message": "wiadomość",
  "outbox.job": "zadanie w tle",
  "socialaccount.socialapp": "logowanie przez miasto",
  "units.group": "grupa",
  "units.membership": "miejsce pracy",
  "units.section": "referat",
  "units.unit": "jednostka",
  "units.unitkind": "rodzaj jednostek",
  "threads.thread": "pytania i odpowiedzi",
};

const WORDS: Record<string, string> = {
  draft: "szkic",
  sent: "wysłana",
  pending: "czeka na akceptację",
  submitted: "złożony",
  withdrawn: "wycofany",
  open: "w toku",
  closed: "zakończona",
  stack: "wiersz pod wierszem",
  form: "jedna jednostka, jeden wiersz",
  sum: "suma komórek",
  auto: "dobrany do szablonu",
  accept: "zaakceptowano",
  return: "zwrócono",
  none: "bez akceptacji",
  head: "kierownik referatu",
  head_and_director: "kierownik referatu, potem dyrektor",
  city: "całe miasto",
  unit: "jednostka",
  section: "referat",
  group: "grupa",
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Parts of an exported list's address that say how it was laid out, not what was taken. */
const UNTOLD = new Set(["ordering", "page", "page_size"]);

const CODED = new Set(["state", "scope_kind", "mode", "verdict", "chain"]);

/** "konto", for "accounts.person"; empty for a type that is not known here. */
export const targetKind = (type: string): string => TARGETS[type] ?? "";

export const fieldLabel = (name: string): string => FIELDS[name] ?? name.replaceAll("_", " ");

/** One value as people write it; permissions, units and whatever else has a label are told by it. */
export function told(field: string, value: unknown, labels: ReadonlyMap<string, string>): string {
  if (value === null || value === undefined || value === "") {
    return "brak";
  }
  if (typeof value === "boolean") {
    return value ? "tak" : "nie";
  }
  if (typeof value === "number") {
    return formatNumber(value);
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? "brak" : value.map((one) => told(field, one, labels)).join(", ");
  }
  if (typeof value === "object") {
    const facts = Object.entries(value).filter(([name]) => !UNTOLD.has(name));
    if (facts.length === 0) {
      return "całość";
    }
    return facts.map(([name, inner]) => `${fieldLabel(name)}: ${told(name, inner, labels)}`).join("; ");
  }
  const text = String(value);
  if (text === "true" || text === "false") {
    return text === "true" ? "tak" : "nie"; // from an address, where all is text
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return formatDate(text);
  }
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) {
    return formatDateTime(text);
  }
  if (UUID.test(text) && !labels.has(text)) {
    return `nr …${text.slice(-6)}`; // the whole of it is in the export
  }
  return labels.get(text) ?? (CODED.has(field) ? (WORDS[text] ?? text) : text);
}

export interface Change {
  field: string;
  label: string;
  before: string | null;
  after: string | null;
  /** The account that the value names by its number, where it names one. */
  person?: string;
}

type Facts = Readonly<Record<string, unknown>> | null;

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** Field by field what was and what is; of two lists only what came and what went. What was not and is not is left out. */
export function changesOf(before: Facts, after: Facts, labels: ReadonlyMap<string, string>): Change[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const changed = names.filter(
    (field) =>
      !isRepeated(field, names) &&
      !isOnlyLooking(field, after) &&
      (!isEmpty(before?.[field]) || !isEmpty(after?.[field])),
  );
  return changed
    .toSorted((a, b) => rank(a) - rank(b))
    .map((field) => {
      const [old, fresh] = [before?.[field], after?.[field]];
      const isList = Array.isArray(old) && Array.isArray(fresh);
      const side = (facts: Facts, mine: unknown, other: unknown) => {
        if (!facts || !(field in facts)) {
          return null;
        }
        return told(field, isList ? without(mine, other) : mine, labels);
      };
      const person = [fresh, old].find((value): value is string => typeof value === "string" && UUID.test(value));
      return {
        field,
        label: fieldLabel(field),
        before: side(before, old, fresh),
        after: side(after, fresh, old),
        ...(PEOPLE.has(field) && person && { person }),
      };
    });
}

/** Beside a name stand its number, kind or code, for machines: person and person_id, label and action. */
const isRepeated = (field: string, names: readonly string[]): boolean => {
  if (field === "action") {
    return names.includes("label");
  }
  const [, named] = /^(.+)_(?:id|kind|code)$/.exec(field) ?? [];
  return named !== undefined && names.includes(named);
};

/** The deed itself says what was looked at. */
const isOnlyLooking = (field: string, after: Facts): boolean => field === "viewed" && after?.viewed === true;

const rank = (field: string): number => (FIRST.includes(field) ? FIRST.indexOf(field) : FIRST.length);

const without = (mine: unknown, other: unknown): unknown[] => {
  const gone = new Set((other as unknown[]).map((one) => JSON.stringify(one)));
  return (mine as unknown[]).filter((one) => !gone.has(JSON.stringify(one)));
};
