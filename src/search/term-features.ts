import { occurrenceScore, relativeLengthOf } from '../storage/bm25.js';
import { scorePassage, type WeightedStem } from '../storage/score-passage.js';
import { occurrencesOf, type PassageTerms } from '../text/passage-terms.js';
import type { QueryTerms } from './query-terms.js';

/** How a passage answers to the words of a question. Each is 0 when nothing matches, 1 when all does once. */
export interface TermFeatures {
  /** BM25 of stems in text and title, ÷ that of a passage of mean length with each word once; up to 2.2. */
  readonly words: number;
  /** The same of letter triples: catches what stemming does not. */
  readonly grams: number;
  /** Share of the question's names and numbers that are there, by their consonants. */
  readonly skeletons: number;
}

/** Cost: about 3 µs for a question of ten words. */
export function termFeatures(query: QueryTerms, terms: PassageTerms): TermFeatures {
  const words = scorePassage(terms, query.words, query.meanLength);
  return {
    words: shareOf(words, query.words),
    grams: shareOf(scoreGrams(query, terms), query.grams),
    skeletons:
      query.skeletons.length === 0
        ? 0
        : query.skeletons.filter((readings) =>
            readings.some((hash) => occurrencesOf(terms.skeletons, hash) > 0),
          ).length / query.skeletons.length,
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

function shareOf(score: number, terms: readonly WeightedStem[]): number {
  if (score === 0) return 0;
  return score / terms.reduce((sum, { weight }) => sum + weight, 0);
}
