const NBSP = "\u00a0";
const DECIMAL = /^-?\d+(\.\d*)?$/;

/**
 * What a Pole types as a number, as the API takes it: "1 234,50 zł" -> "1234.50". Anything else comes back as it was
 * typed, so that nothing is lost and the server says what is wrong with it.
 */
export function typedDecimal(text: string): string {
  const bare = text.replace(/[\s\u00a0]|zł$|%$/g, "");
  const pointed = bare.includes(",") ? bare.replaceAll(".", "").replace(",", ".") : bare;
  return DECIMAL.test(pointed) ? pointed.replace(/\.$/, "") : text.trim();
}

/** "1234567.5" as "1 234 567,5": every digit stays; a text that is no number comes back as it is. */
export function shownDecimal(value: string, leastPlaces = 0): string {
  if (!DECIMAL.test(value)) {
    return value;
  }
  const [whole = "", fraction = ""] = value.split(".");
  const places = fraction.padEnd(leastPlaces, "0");
  return whole.replace(/\B(?=(\d{3})+$)/g, NBSP) + (places ? `,${places}` : "");
}
