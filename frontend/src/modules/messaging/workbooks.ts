/** What the server can read and merge. */
export const WORKBOOK_ENDINGS: readonly string[] = [".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv"];

/** The title over why the server does not take a workbook; `code` is that of its reading's failure. */
export const refusedTitle = (code: string | undefined): string =>
  code === "workbook_unlike_template"
    ? "Ten arkusz nie wygląda jak wypełniony wzór"
    : "Tego arkusza nie da się odczytać";

export const isWorkbook = (name: string): boolean =>
  WORKBOOK_ENDINGS.some((ending) => name.toLowerCase().endsWith(ending));
