/** "Rok: wybierz go z listy." The field's name is left out where the sentence begins with it or says it anyway. */
export function namedOnce(label: string, sentence: string): string {
  const isNamed = sentence.toLocaleLowerCase("pl").includes(label.toLocaleLowerCase("pl"));
  return isNamed || label === "" ? sentence : `${label}: ${sentence}`;
}
