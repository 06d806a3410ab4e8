import {
  ARABIC_REPORTING_VERBS,
  CLOSING_ABBREVIATIONS,
  LEADING_ABBREVIATIONS,
  NUMBERING_ABBREVIATIONS,
  SENTENCE_OPENERS,
} from './abbreviations.js';

/** How far a look before or after a mark goes, in characters: the longest abbreviation or opener is far shorter. */
const CONTEXT_CHARACTERS = 24;
const LAST_TOKEN = /[\p{L}\p{M}\p{N}.\u0640]+$/u;
const NEXT_WORD = /^[\s"'“‘«([{]*([\p{L}\p{M}]+|\p{N})/u;
const ARABIC_LETTER = /\p{Script=Arabic}/u;
const LOWER_CASE = /^\p{Ll}/u;

/** An end mark with what closes after it: `text.slice(start, marksEnd)` the marks, up to `end` quotes and brackets. */
export interface EndMark {
  readonly start: number;
  readonly marksEnd: number;
  readonly end: number;
}

/** Tells whether an end mark ends its sentence: not in 3.5, not after "Dr." or «د.», not before a lower-case word. */
export function isSentenceEnd(text: string, mark: EndMark): boolean {
  if (mark.end >= text.length) return true;
  const marks = text.slice(mark.start, mark.marksEnd);
  const next = text.charAt(mark.end);
  if (!/\s/.test(next)) return endsWithoutBlank(text, mark, marks);

  const after = text.slice(mark.end, mark.end + CONTEXT_CHARACTERS);
  const line = /^[^\S\n]*\n/.test(after);
  if (line) return true;
  const nextWord = NEXT_WORD.exec(after)?.[1] ?? '';
  if (marks !== '؛' && LOWER_CASE.test(nextWord)) return false;
  if (marks !== '.') return !(mark.end > mark.marksEnd && ARABIC_REPORTING_VERBS.has(nextWord));
  return !isAbbreviation(text.slice(Math.max(0, mark.start - CONTEXT_CHARACTERS), mark.start), nextWord);
}

/** Scraped Arabic often lacks the blank after a mark; in Latin script a mark without one is a number or an address. */
function endsWithoutBlank(text: string, mark: EndMark, marks: string): boolean {
  const next = text.charAt(mark.end);
  if (!ARABIC_LETTER.test(next) || next === '\u0640') return /[؟؛]/.test(marks);
  const before = text.slice(Math.max(0, mark.start - CONTEXT_CHARACTERS), mark.start);
  if (marks === '.' && mark.end === mark.marksEnd) {
    const token = LAST_TOKEN.exec(before)?.[0] ?? '';
    return ARABIC_LETTER.test(token) && !token.endsWith('\u0640') && !/(?:^|[.\u0640])\p{L}$/u.test(token);
  }
  return marks !== '.' || mark.end > mark.marksEnd;
}

function isAbbreviation(before: string, nextWord: string): boolean {
  const token = LAST_TOKEN.exec(before)?.[0] ?? '';
  if (token === '') return false;
  const opens = SENTENCE_OPENERS.has(nextWord);
  if (/^\p{N}+$/u.test(token)) return isListNumber(before, token);
  if (ARABIC_LETTER.test(token)) return isArabicAbbreviation(before, token);

  const lower = token.toLowerCase();
  if (LEADING_ABBREVIATIONS.has(lower)) return true;
  if (NUMBERING_ABBREVIATIONS.has(lower)) return /^\p{N}/u.test(nextWord);
  if (CLOSING_ABBREVIATIONS.has(lower)) return !opens;
  if (/^\p{L}(?:\.\p{L})+$/u.test(token)) return !opens || lower === 'e.g' || lower === 'i.e';
  return /^\p{Lu}$/u.test(token) && !(opens && /\p{Ll}\s+$/u.test(before.slice(0, -token.length)));
}

/** "1." at the head of a line numbers what follows it. */
function isListNumber(before: string, token: string): boolean {
  return token.length <= 3 && /(?:^|\n)[^\S\n]*$/.test(before.slice(0, -token.length));
}

/** Single letters: «د.» «أ.» «ص.» «ق.م.»; after a number, م and هـ are the era that closes a date. */
function isArabicAbbreviation(before: string, token: string): boolean {
  const bare = token.replace(/[\u0640\p{M}]/gu, '');
  if (!/^\p{L}(?:\.\p{L})*$/u.test(bare)) return false;
  return !(/^[مه]$/u.test(bare) && /\p{N}\s*$/u.test(before.slice(0, -token.length)));
}
