import { occurrenceScore, relativeLengthOf, stemWeight } from '../storage/bm25.js';
import { matchStems, type WeightedStem } from '../storage/score-passage.js';
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

export interface TermFeatures extends WordFeatures {
  /**
   * Names and numbers of the question that stand in text or title, by their consonants, each by its worth; 1 when all are there and
   * no other candidate has any.
   */
  readonly skeletons: number;
}

/**
 * What finding each name and number of a question says, 0…1: that stands in every candidate, nothing; that stands in
 * one of many, nearly all. The question's own language cannot tell how common a name is in the other one.
 * @param candidates  Those in the other language.
 */
export function skeletonWorths(query: QueryTerms, candidates: readonly PassageTerms[]): number[] {
  const most = stemWeight(0, candidates.length);
  return query.skeletons.map((readings) => {
    const holding = candidates.filter((terms) => holdsName(terms, readings)).length;
    return stemWeight(holding, candidates.length) / most;
  });
}

/** Cost: about 3 µs for a question of ten words. */
export function wordFeatures(query: QueryTerms, terms: PassageTerms): WordFeatures {
  const { score, foundWeight, missingWeight } = matchStems(terms, query.words, query.meanLength);
  return {
    words: shareOf(score, query.words),
    coverage: shareOf(foundWeight, query.words),
    missing: query.mostWorth === 0 ? 0 : missingWeight / query.mostWorth,
    grams: shareOf(scoreGrams(query, terms), query.grams),
  };
}

/** @param worths  From `skeletonWorths`. */
export function skeletonShare(
  { skeletons }: QueryTerms,
  terms: PassageTerms,
  worths: readonly number[],
): number {
  if (skeletons.length === 0) return 0;
  const found = skeletons.map((readings, i) => (holdsName(terms, readings) ? (worths[i] ?? 0) : 0));
  return found.reduce((sum, worth) => sum + worth, 0) / skeletons.length;
}

function holdsName(terms: PassageTerms, readings: readonly number[]): boolean {
  return readings.some(
    (hash) => occurrencesOf(terms.skeletons, hash) > 0 || occurrencesOf(terms.titleSkeletons, hash) > 0,
  );
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
