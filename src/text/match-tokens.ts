import { findWords } from './find-words.js';
import { foldForMatching } from './fold-for-matching.js';
import { matchWord } from './match-word.js';
import { NAMES_IN_CAPITALS } from './stop-words-en.js';

/** A word of a text as it is matched, with its place in the untouched text. */
export interface MatchToken {
  /** `text.slice(start, end)` is the word as the author spelled it: UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** Folded, not stemmed: what quoted phrases are compared by. */
  readonly folded: string;
  /** What words are found by. */
  readonly stem: string;
  readonly stopWord: boolean;
}

/**
 * The words of a text, in order. A token takes all marks that stand on its letters and never ends inside a character.
 * One character may hold several words: ﷺ is four tokens with the same place.
 *
 * Cost: linear in the length; about 0.1 ms for 120 words that were seen before.
 */
export function matchTokens(text: string): MatchToken[] {
  const { spelled, starts, ends } = foldForMatching(text);
  return findWords(spelled).map((word) => {
    const start = starts[word.start] ?? 0;
    const end = ends[word.end - 1] ?? text.length;
    const { folded, stem, stopWord } = matchWord(spelled.slice(word.start, word.end));
    return { start, end, folded, stem, stopWord: stopWord && !NAMES_IN_CAPITALS.has(text.slice(start, end)) };
  });
}
