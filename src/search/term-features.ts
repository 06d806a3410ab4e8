import { occurrenceScore, relativeLengthOf } from '../storage/bm25.js';
import { matchStems } from '../storage/score-passage.js';
import { occurrencesOf, type PassageTerms } from '../text/passage-terms.js';
import type { QueryTerms } from './query-terms.js';

/**
 * How a passage answers to the words of a question, whatever the other candidates are. Each is 0 when nothing matches,
 * 1 when all does once.
 */
export interface WordFeatures {
  /** BM25 of stems in text and title, ÷ that of a passage of mean length with each word once; up to 2.2. */
  readonly words: number;
  /** Share of the question's words that stand in text or title, each by its worth. */
  readonly coverage: number;
  /** What the rarest word that stands in neither is worth ÷ what a word can be worth at most. */
  readonly missing: number;
  /** The same of letter triples: catches what stemming does not. */
  readonly grams: number;
}

/** Cost: about 3 µs for a question of ten words. */
export function wordFeatures(query: QueryTerms, terms: PassageTerms): WordFeatures {
  const { score, foundWeight, missingWeight } = matchStems(terms, query.words, query.meanLength);
  return {
    words: shareOf(score, query.wordsWorth),
    coverage: shareOf(foundWeight, query.wordsWorth),
    missing: query.mostWorth === 0 ? 0 : missingWeight / query.mostWorth,
    grams: shareOf(scoreGrams(query, terms), query.gramsWorth),
  };
}

function scoreGrams(query: QueryTerms, terms: PassageTerms): number {
  const relativeLength = relativeLengthOf(terms.length, query.meanLength);
  let score = 0;
  for (const { hash, weight } of query.grams) {
    const occurrences = occurrencesOf(terms.grams, hash);
    if (occurrences > 0) score += weight * occurrenceScore(occurrences, relativeLength);
  }
  return score;
}

function shareOf(score: number, worth: number): number {
  return score === 0 ? 0 : score / worth;
}
