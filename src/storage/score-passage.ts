import { hashTerm, occurrencesOf, type PassageTerms } from '../text/passage-terms.js';
import { occurrenceScore, relativeLengthOf, weighOccurrences } from './bm25.js';

/** A stem that is looked for, with what it is worth (stemWeight). */
export interface WeightedStem {
  readonly hash: number;
  readonly weight: number;
}

export function weighStem(stem: string, weight: number): WeightedStem {
  return { hash: hashTerm(stem), weight };
}

/** @returns BM25 of a passage from its stored terms; 0 when none of the stems stands there */
export function scorePassage(
  terms: PassageTerms,
  stems: readonly WeightedStem[],
  meanLength: number,
): number {
  const relativeLength = relativeLengthOf(terms.length, meanLength);
  let score = 0;
  for (const { hash, weight } of stems) {
    const occurrences = weighOccurrences(
      occurrencesOf(terms.words, hash),
      occurrencesOf(terms.titleWords, hash),
    );
    if (occurrences > 0) score += weight * occurrenceScore(occurrences, relativeLength);
  }
  return score;
}
