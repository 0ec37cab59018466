/** The text without case and Polish tails, for comparing what people type: "Żłobek" and "zlobek" are the same. */
export const folded = (text: string): string =>
  text
    .toLocaleLowerCase("pl")
    .replaceAll("ł", "l")
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "");

const collator = new Intl.Collator("pl", { numeric: true });

/** For sort: ą after a, ł after l, "SP 2" before "SP 10". */
export const byPolish = (left: string, right: string): number => collator.compare(left, right);
