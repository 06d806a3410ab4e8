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

/**
 * How the words that are looked for stand in a passage. One is enough for all passages of a question: an object each
 * would be thrown away at once.
 */
export class StemMatch {
  /** BM25; 0 when none of them stands there. */
  score = 0;
  /** Of those that stand there: the sum of their weights. */
  foundWeight = 0;
  /** Of those that do not: the greatest weight; 0 when all do. */
  missingWeight = 0;

  /** @returns Itself, with the numbers of this passage. Cost: two looks at the passage's terms a stem. */
  of(terms: PassageTerms, stems: readonly WeightedStem[], meanLength: number): this {
    const relativeLength = relativeLengthOf(terms.length, meanLength);
    let score = 0;
    let foundWeight = 0;
    let missingWeight = 0;
    for (let i = 0; i < stems.length; i++) {
      const { hash, weight } = stems[i] as WeightedStem;
      const occurrences = weighOccurrences(
        occurrencesOf(terms.words, hash),
        occurrencesOf(terms.titleWords, hash),
      );
      if (occurrences > 0) {
        score += weight * occurrenceScore(occurrences, relativeLength);
        foundWeight += weight;
      } else if (weight > missingWeight) missingWeight = weight;
    }
    this.score = score;
    this.foundWeight = foundWeight;
    this.missingWeight = missingWeight;
    return this;
  }
}

/** @returns BM25 of a passage from its stored terms; 0 when none of the stems stands there */
export function scorePassage(
  terms: PassageTerms,
  stems: readonly WeightedStem[],
  meanLength: number,
): number {
  return new StemMatch().of(terms, stems, meanLength).score;
}
