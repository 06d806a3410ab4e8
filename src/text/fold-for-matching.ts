import { foldCharacter, isMark } from './fold-character.js';
import { joinLetterForms } from './join-letter-forms.js';

/** A text as it is matched. `spelled` and `folded` have the same length; a unit of both has one place in the original. */
export interface FoldedText {
  /** Without marks and ornaments, but with the letter forms that the author chose: آ أ إ ى ئ ؤ ة. */
  readonly spelled: string;
  /** The same with those forms joined: what is compared. */
  readonly folded: string;
  /** For each unit, where the character that it comes from, or is a mark on, begins in the original, in UTF-16 units. */
  readonly starts: readonly number[];
  /** For each unit, where that character and the marks on it end. */
  readonly ends: readonly number[];
}

/** Folded characters of the scripts that nearly all text is in, by code point. */
const COMMON = Array.from({ length: 0x700 }, (_, codePoint) =>
  foldCharacter(String.fromCodePoint(codePoint)),
);
const COMMON_MARKS = COMMON.map((_, codePoint) => isMark(String.fromCodePoint(codePoint)));

const ARABIC_LETTER =
  '\\u0620-\\u063F\\u0641-\\u064A\\u066E\\u066F\\u0671-\\u06D3\\u06D5\\u06EE\\u06EF\\u06FA-\\u06FC\\u06FF\\u0750-\\u077F\\u08A0-\\u08C9';
/** A dot that dodges filters inside a word, with its tatweels; else tatweels alone. */
const ORNAMENT = new RegExp(
  `(?<=[${ARABIC_LETTER}])(?:\\u0640+\\.\\u0640*|\\.\\u0640+)(?=[${ARABIC_LETTER}])|\\u0640+`,
  'g',
);

/**
 * Folds a text so that what readers take for the same word is written the same, and keeps the way back to the
 * untouched original. Direction and zero-width marks, vowels, Koranic marks, accents and tatweel go, and so does a full
 * stop beside tatweels inside an Arabic word; presentation and full-width forms become letters; digits of all scripts
 * become ASCII; letters become lower case. Folding twice is folding once.
 *
 * Cost: linear in the length; about 0.03 ms for 700 characters.
 */
export function foldForMatching(text: string): FoldedText {
  const whole = foldCharacters(text);
  const { spelled, starts, ends } = whole.spelled.includes('\u0640') ? withoutOrnaments(whole) : whole;
  return { spelled, folded: joinLetterForms(spelled), starts, ends };
}

type Spelled = Omit<FoldedText, 'folded'>;

function foldCharacters(text: string): Spelled {
  const starts: number[] = [];
  const ends: number[] = [];
  let spelled = '';
  let at = 0;
  while (at < text.length) {
    const codePoint = text.codePointAt(at) ?? 0;
    const end = at + (codePoint > 0xffff ? 2 : 1);
    const common = COMMON[codePoint];
    const character = common ?? foldCharacter(text.slice(at, end));
    const mark = COMMON_MARKS[codePoint] ?? isMark(text.slice(at, end));
    if (mark) extendLast(starts, ends, end);
    const start = mark ? (starts.at(-1) ?? at) : at;
    spelled += character;
    for (let unit = 0; unit < character.length; unit += 1) {
      starts.push(start);
      ends.push(end);
    }
    at = end;
  }
  return { spelled, starts, ends };
}

/** Marks belong to the character before them: to all that it was folded to. */
function extendLast(starts: readonly number[], ends: number[], end: number): void {
  const start = starts.at(-1);
  for (let unit = ends.length - 1; unit >= 0 && starts[unit] === start; unit -= 1) ends[unit] = end;
}

function withoutOrnaments({ spelled, starts, ends }: Spelled): Spelled {
  const kept: { starts: number[]; ends: number[] } = { starts: [], ends: [] };
  let result = '';
  let from = 0;
  const keep = (to: number) => {
    result += spelled.slice(from, to);
    for (let unit = from; unit < to; unit += 1) {
      kept.starts.push(starts[unit] ?? 0);
      kept.ends.push(ends[unit] ?? 0);
    }
  };
  for (const match of spelled.matchAll(ORNAMENT)) {
    const to = match.index + match[0].length;
    keep(match.index);
    from = to;
    for (let unit = match.index; unit < to; unit += 1) {
      const end = ends[unit] ?? 0;
      if (end > (starts[unit] ?? 0) + 1) extendLast(kept.starts, kept.ends, end);
    }
  }
  keep(spelled.length);
  return { spelled: result, ...kept };
}
