/** Letters that Unicode does not take apart, though readers take them for these. */
const LETTERS: Readonly<Record<string, string>> = {
  // Persian and Urdu keyboards have their own yeh, kaf and heh; the Koran writes a silent alef as wasla.
  ی: 'ي',
  ک: 'ك',
  ڪ: 'ك',
  ھ: 'ه',
  ہ: 'ه',
  ە: 'ه',
  ۀ: 'ه',
  ٱ: 'ا',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ı: 'i',
  // Apostrophes, the transliterated hamza and ayn, and the Arabic signs in numbers.
  '‘': "'",
  '’': "'",
  ʼ: "'",
  ʻ: '',
  ʽ: '',
  ʾ: '',
  ʿ: '',
  '٫': '.',
  '٬': ',',
  '﷽': 'بسم الله الرحمن الرحيم',
};

/** What directs or joins text without being seen. */
const INVISIBLE = /^[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]$/;
/** Vowels and Koranic signs; accents of the Latin, Greek and Cyrillic scripts; variants of a character. */
const DROPPED_MARKS =
  /[\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED\u08CA-\u08FF\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE00-\uFE0F\uFE20-\uFE2F\u{E0100}-\u{E01EF}]/gu;
const ARABIC = /^\p{Script=Arabic}$/u;
const DECIMAL_DIGIT = /^\p{Nd}$/u;
/** Superscripts, fractions, circled numbers: taken apart, 10² would read 102. */
const OTHER_NUMBER = /^\p{No}$/u;
/** A mark that stands alone on a blank or a tatweel, as old fonts have it. */
const LONE_MARKS = /^[ \u0640]\p{M}+$/u;
const MARK = /^[\p{M}\u06E5\u06E6]$/u;

/**
 * What one character is matched as: several characters, one, or none. Letter forms of Arabic are kept apart
 * (see `joinLetterForms`). Folding the result changes nothing more.
 *
 * @param character  One code point; a lone surrogate is returned as it is.
 */
export function foldCharacter(character: string): string {
  if (INVISIBLE.test(character)) return '';
  if (OTHER_NUMBER.test(character)) return ' ';
  const whole = LETTERS[character] ?? character.normalize('NFKC');
  if (LONE_MARKS.test(whole)) return '';
  return Array.from(whole, foldPart).join('');
}

/** Tells whether a character belongs to the letter before it, whatever becomes of it in folding. */
export function isMark(character: string): boolean {
  return MARK.test(character);
}

function foldPart(character: string): string {
  if (DECIMAL_DIGIT.test(character)) return digitValue(character);
  if (ARABIC.test(character)) return withoutMarks(LETTERS[character] ?? character);
  const lower = withoutMarks(character.normalize('NFKD').toLowerCase().normalize('NFKD')).normalize('NFC');
  return Array.from(lower, (part) => LETTERS[part] ?? part).join('');
}

function withoutMarks(text: string): string {
  return text.replace(DROPPED_MARKS, '');
}

/** The digits of a script follow each other from zero to nine; some scripts have two sets in a row. */
function digitValue(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  let zero = codePoint;
  while (DECIMAL_DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((codePoint - zero) % 10);
}
