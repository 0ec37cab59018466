interface Wanted {
  wants_text: boolean;
  wants_files: boolean;
  wants_workbook: boolean;
}

/** What is asked for, in the accusative: "wypełniony arkusz i tekst". */
export function wantedOf({ wants_text, wants_files, wants_workbook }: Wanted): string {
  const parts = [wants_workbook && "wypełniony arkusz", wants_files && "pliki", wants_text && "tekst"].filter(
    (part) => part !== false,
  );
  return new Intl.ListFormat("pl", { type: "conjunction" }).format(parts);
}
