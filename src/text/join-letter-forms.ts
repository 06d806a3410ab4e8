/** Forms that hurried writing exchanges, each with the letter that stands for both. All are one UTF-16 unit. */
const JOINED_FORMS: Readonly<Record<string, string>> = {
  آ: 'ا',
  أ: 'ا',
  إ: 'ا',
  ى: 'ي',
  ئ: 'ي',
  ؤ: 'و',
  ة: 'ه',
};
const FORM = /[آأإىئؤة]/g;

/**
 * Joins the forms of a letter that people exchange when they write in a hurry: آ أ إ to ا, ى ئ to ي, ؤ to و, ة to ه.
 * Every unit stays in its place, so that offsets into `spelled` hold for the result too.
 *
 * @param spelled  As `foldForMatching` gives it: without marks, presentation forms and Persian letters.
 */
export function joinLetterForms(spelled: string): string {
  return spelled.replace(FORM, (form) => JOINED_FORMS[form] ?? form);
}
