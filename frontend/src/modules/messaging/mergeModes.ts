/** The ways in which copies of a sheet become one, in the words of those who use them. */
export const MODES = [
  {
    value: "stack",
    name: "Wiersz pod wierszem",
    description: "Wiersze wszystkich jednostek jeden pod drugim, pod wspólnym nagłówkiem. Dla tabel i list.",
  },
  {
    value: "form",
    name: "Jedna jednostka, jeden wiersz",
    description: "Każda jednostka w jednym wierszu, pola formularza w kolumnach. Dla arkuszy z opisami i polami obok.",
  },
  {
    value: "sum",
    name: "Suma komórek",
    description:
      "Liczby z tych samych komórek dodane do siebie, z listą jednostek. Dla jednakowych zestawień liczbowych.",
  },
] as const;

export type Mode = (typeof MODES)[number]["value"];

export const modeName = (value: string): string =>
  MODES.find((mode) => mode.value === value)?.name ?? "Sposób dobrany do szablonu";
