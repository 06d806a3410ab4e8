/** Changes whenever a rule below changes: stored vectors made by another version are stale. */
export const EMBEDDING_TEXT_VERSION = '1';

const PRESENTATION_FORMS = /[\uFB50-\uFDFF\uFE70-\uFEFC]+/g;
const INVISIBLE_MARKS = /[\u200B-\u200F\u061C\u202A-\u202E\u2060\u2066-\u2069\uFEFF\u00AD]+/g;

/** Letters of the Arabic script, U+0640 (tatweel) not among them, as ranges so that other languages can copy them. */
const ARABIC_LETTER =
  '\\u0620-\\u063F\\u0641-\\u064A\\u066E\\u066F\\u0671-\\u06D3\\u06D5\\u06EE\\u06EF\\u06FA-\\u06FC\\u06FF\\u0750-\\u077F\\u08A0-\\u08C9';
/** Starts only after a letter, so a run of tatweel is entered once: linear time. */
const DISGUISING_DOT = new RegExp(
  `(?<=[${ARABIC_LETTER}])(?:\\u0640+\\.\\u0640*|\\u0640*\\.\\u0640+)(?=[${ARABIC_LETTER}])`,
  'g',
);
const TATWEEL = /\u0640+/g;
const VOWEL_AND_KORANIC_MARKS = /[\u064B-\u065F\u0670\u06D6-\u06ED]+/g;

/** پ چ ژ گ ٹ ڈ ڑ ے ں ہ ۀ: letters that show a text to be Persian, Urdu or Kurdish, whose ی and ک are its own. */
const NON_ARABIC_LETTER = /[\u067E\u0686\u0698\u06AF\u0679\u0688\u0691\u06D2\u06BA\u06C1\u06C0]/;
const FOREIGN_DIGITS = /[\u0660-\u0669\u06F0-\u06F9]/g;
const WHITE_SPACE = /\s+/g;

/**
 * Prepares a text for the embedder: what is invisible, ornamental or merely another way to write the same letter goes;
 * alef forms, ى and ة stay, because the model has learnt them. Queries, passages and sentences all pass through here.
 * Shown text is never changed by this.
 * models/build/text_preparation.py has the same rules, for the weights are calibrated on text prepared so.
 *
 * @returns One line, no outer blanks; empty when nothing but marks and blanks was there.
 * Cost: linear in the length.
 */
export function toEmbeddingText(text: string): string {
  let result = text
    .replace(PRESENTATION_FORMS, (forms) => forms.normalize('NFKC'))
    .replace(INVISIBLE_MARKS, '')
    .replace(DISGUISING_DOT, '')
    .replace(TATWEEL, '')
    .replace(VOWEL_AND_KORANIC_MARKS, '');
  if (!NON_ARABIC_LETTER.test(result)) {
    result = result.replaceAll('\u06CC', '\u064A').replaceAll('\u06A9', '\u0643');
  }
  return result
    .replace(FOREIGN_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replaceAll('\u066B', '.')
    .replaceAll('\u066C', ',')
    .replace(WHITE_SPACE, ' ')
    .trim();
}
