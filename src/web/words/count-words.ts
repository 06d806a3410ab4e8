type CountForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/**
 * Puts a number and the noun that it counts together by the rules of a language.
 * @returns A function of the number and the forms of the noun, in which `#` stands for the number.
 */
export function countWords(locale: string): (count: number, forms: CountForms) => string {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (count, forms) => (forms[rules.select(count)] ?? forms.other).replace('#', numbers.format(count));
}
