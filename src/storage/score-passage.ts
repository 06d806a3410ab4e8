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

/** How the words that are looked for stand in a passage. */
export interface StemMatch {
  /** BM25. */
  readonly score: number;
  /** Of those that stand there: the sum of their weights. */
  readonly foundWeight: number;
  /** Of those that do not: the greatest weight; 0 when all do. */
  readonly missingWeight: number;
}

/** @returns BM25 of a passage from its stored terms; 0 when none of the stems stands there */
export function scorePassage(
  terms: PassageTerms,
  stems: readonly WeightedStem[],
  meanLength: number,
): number {
  return matchStems(terms, stems, meanLength).score;
}

/** Cost: two halvings of the passage's terms a stem. */
export function matchStems(
  terms: PassageTerms,
  stems: readonly WeightedStem[],
  meanLength: number,
): StemMatch {
  const relativeLength = relativeLengthOf(terms.length, meanLength);
  let score = 0;
  let foundWeight = 0;
  let missingWeight = 0;
  for (const { hash, weight } of stems) {
    const occurrences = weighOccurrences(
      occurrencesOf(terms.words, hash),
      occurrencesOf(terms.titleWords, hash),
    );
    if (occurrences > 0) {
      score += weight * occurrenceScore(occurrences, relativeLength);
      foundWeight += weight;
    } else missingWeight = Math.max(missingWeight, weight);
  }
  return { score, foundWeight, missingWeight };
}
