import type { Schemas } from "@/api/client";
import type { QuestionType } from "@/ui/filling/definition";

/** The path that everything of this module lies under, for refreshing. */
export const FORMS = "/api/v1/forms/";

export type Form = Schemas["FormOut"];
export type FormSummary = Schemas["FormSummaryOut"];
export type Fault = Form["problems"][number];
export type Sheet = Schemas["SheetOut"];

/** The types by what they ask for, in the order in which a builder offers them. */
export const TYPE_GROUPS: readonly { group: string; types: readonly QuestionType[] }[] = [
  { group: "Tekst", types: ["short_text", "long_text", "rich_text"] },
  { group: "Liczby i daty", types: ["number", "money", "percent", "date", "date_range"] },
  { group: "Wybór", types: ["yes_no", "single_choice", "multiple_choice", "statement"] },
  { group: "Tabele i pliki", types: ["table", "file", "workbook"] },
  { group: "Jednostki i osoby", types: ["unit", "person", "personal_data", "address", "classification"] },
  { group: "Numery i kontakt", types: ["email", "phone", "pesel", "nip", "regon", "iban"] },
  { group: "Bez odpowiedzi", types: ["heading", "help_text"] },
];

export const TYPE_LABELS: Readonly<Record<QuestionType, string>> = {
  short_text: "Krótki tekst",
  long_text: "Długi tekst",
  rich_text: "Tekst z wyróżnieniami",
  number: "Liczba",
  money: "Kwota w złotych",
  percent: "Procent",
  date: "Data",
  date_range: "Okres od–do",
  yes_no: "Tak lub nie",
  single_choice: "Jedna z listy",
  multiple_choice: "Wiele z listy",
  table: "Tabela",
  unit: "Jednostka miasta",
  person: "Osoba",
  personal_data: "Dane nauczyciela lub ucznia",
  classification: "Klasyfikacja budżetowa",
  address: "Adres",
  email: "E-mail",
  phone: "Telefon",
  pesel: "PESEL",
  nip: "NIP",
  regon: "REGON",
  iban: "Numer rachunku",
  file: "Pliki",
  workbook: "Arkusz kalkulacyjny",
  statement: "Oświadczenie",
  heading: "Nagłówek",
  help_text: "Objaśnienie",
};

export const moveOf = (state: string): string => ({ draft: "w przygotowaniu", submitted: "złożone" })[state] ?? state;
