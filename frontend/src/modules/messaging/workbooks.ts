/** What the server can read and merge. */
export const WORKBOOK_ENDINGS: readonly string[] = [".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv"];

export const isWorkbook = (name: string): boolean =>
  WORKBOOK_ENDINGS.some((ending) => name.toLowerCase().endsWith(ending));
