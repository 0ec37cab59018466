import { formatDate, formatDateTime, formatNumber } from "@/ui/format";

/** What the log calls fields, in Polish; a field that is not here is shown under its own name. */
const FIELDS: Record<string, string> = {
  address: "adres",
  asked_for: "poproszono o",
  audience: "adresaci",
  building: "numer budynku",
  by: "sposób",
  city: "miejscowość",
  client_id: "identyfikator klienta",
  closed_on: "zamknięta od",
  code: "kod",
  added: "dodano",
  description: "opis",
  edoreczenia: "e-Doręczenia",
  email: "e-mail",
  ends_on: "ostatni dzień",
  entries: "wpisy RSPO",
  export: "pobrano",
  files: "pliki",
  first_name: "imię",
  flat: "numer lokalu",
  holders: "kto pełni",
  home: "miejsce pracy",
  is_active: "konto czynne",
  kind: "rodzaj",
  last_name: "nazwisko",
  link: "odnośnik",
  mode: "sposób scalania",
  name: "nazwa",
  nip: "NIP",
  opened_on: "czynna od",
  password: "hasło",
  people: "osoby",
  permissions: "uprawnienia",
  person: "osoba",
  phone: "telefon",
  position: "stanowisko",
  postal_code: "kod pocztowy",
  problem: "problem z plikiem",
  reason: "powód",
  regon: "REGON",
  reminded: "przypomniano (liczba)",
  removed: "usunięto",
  requires_mfa: "wymaga drugiego składnika",
  role: "rola",
  roles: "role",
  scope: "gdzie",
  scope_id: "miejsce",
  scope_kind: "rodzaj miejsca",
  secret_changed: "zmieniono sekret",
  sentence: "odpowiedź systemu",
  server_url: "adres serwera",
  session_ended: "zakończona sesja",
  short_name: "nazwa skrócona",
  size: "rozmiar",
  starts_on: "pierwszy dzień",
  state: "stan",
  street: "ulica",
  subject: "temat",
  substitute: "zastępca",
  successor: "kto przejął sprawy",
  units: "jednostki",
  valid_from: "od",
  valid_to: "do",
  version: "wersja",
  website: "strona",
};

const TARGETS: Record<string, string> = {
  "accounts.assignment": "nadana rola",
  "accounts.function": "funkcja",
  "accounts.holder": "pełniący funkcję",
  "accounts.person": "konto",
  "accounts.role": "rola",
  "accounts.substitution": "zastępstwo",
  "accounts.token": "token",
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
};

const WORDS: Record<string, string> = {
  draft: "szkic",
  sent: "wysłana",
  city: "całe miasto",
  unit: "jednostka",
  section: "referat",
  group: "grupa",
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const CODED = new Set(["state", "scope_kind"]);

/** "konto", for "accounts.person"; empty for a type that is not known here. */
export const targetKind = (type: string): string => TARGETS[type] ?? "";

export const fieldLabel = (name: string): string => FIELDS[name] ?? name.replaceAll("_", " ");

/** One value as people write it; the names of permissions are told by their labels. */
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
    return Object.entries(value)
      .map(([name, inner]) => `${fieldLabel(name)}: ${told(name, inner, labels)}`)
      .join("; ");
  }
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return formatDate(text);
  }
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) {
    return formatDateTime(text);
  }
  if (UUID.test(text)) {
    return `nr …${text.slice(-6)}`; // the whole of it is in the export
  }
  return labels.get(text) ?? (CODED.has(field) ? (WORDS[text] ?? text) : text);
}

export interface Change {
  field: string;
  label: string;
  before: string | null;
  after: string | null;
}

type Facts = Readonly<Record<string, unknown>> | null;

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** Field by field what was and what is; of two lists only what came and what went. What was not and is not is left out. */
export function changesOf(before: Facts, after: Facts, labels: ReadonlyMap<string, string>): Change[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const changed = names.filter((field) => !isEmpty(before?.[field]) || !isEmpty(after?.[field]));
  return changed.map((field) => {
    const [old, fresh] = [before?.[field], after?.[field]];
    const isList = Array.isArray(old) && Array.isArray(fresh);
    const side = (facts: Facts, mine: unknown, other: unknown) => {
      if (!facts || !(field in facts)) {
        return null;
      }
      return told(field, isList ? without(mine, other) : mine, labels);
    };
    return { field, label: fieldLabel(field), before: side(before, old, fresh), after: side(after, fresh, old) };
  });
}

const without = (mine: unknown, other: unknown): unknown[] => {
  const gone = new Set((other as unknown[]).map((one) => JSON.stringify(one)));
  return (mine as unknown[]).filter((one) => !gone.has(JSON.stringify(one)));
};
