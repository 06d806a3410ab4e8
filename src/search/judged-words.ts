import { occurrenceScore, relativeLengthOf } from '../storage/bm25.js';
import { StemMatch } from '../storage/score-passage.js';
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

/** Numbers a passage: words, coverage, missing, grams. */
const NUMBERS = 4;

/**
 * The words of a question held against passages, by place in a list of these: WordFeatures, NaN where nothing was judged.
 * Numbers lie in one array: an object a passage was a quarter of what a search left behind for the garbage collector.
 */
export class JudgedWords {
  readonly places: number;
  readonly #query: QueryTerms;
  readonly #match = new StemMatch();
  /** NaN where nothing was judged yet. */
  readonly #numbers: Float64Array;

  constructor(query: QueryTerms, places: number) {
    this.places = places;
    this.#query = query;
    this.#numbers = new Float64Array(places * NUMBERS).fill(Number.NaN);
  }

  /** Does nothing where it was judged before. Cost: about 3 µs for a question of ten words. */
  judge(place: number, terms: PassageTerms): void {
    const numbers = this.#numbers;
    const at = place * NUMBERS;
    if (!Number.isNaN(numbers[at])) return;
    const { words, meanLength, wordsWorth, mostWorth, gramsWorth } = this.#query;
    const { score, foundWeight, missingWeight } = this.#match.of(terms, words, meanLength);
    numbers[at] = shareOf(score, wordsWorth);
    numbers[at + 1] = shareOf(foundWeight, wordsWorth);
    numbers[at + 2] = shareOf(missingWeight, mostWorth);
    numbers[at + 3] = shareOf(scoreGrams(this.#query, terms), gramsWorth);
  }

  words(place: number): number {
    return this.#numbers[place * NUMBERS] as number;
  }

  coverage(place: number): number {
    return this.#numbers[place * NUMBERS + 1] as number;
  }

  missing(place: number): number {
    return this.#numbers[place * NUMBERS + 2] as number;
  }

  grams(place: number): number {
    return this.#numbers[place * NUMBERS + 3] as number;
  }
}

function scoreGrams({ grams, meanLength }: QueryTerms, terms: PassageTerms): number {
  const relativeLength = relativeLengthOf(terms.length, meanLength);
  let score = 0;
  for (let i = 0; i < grams.length; i++) {
    const { hash, weight } = grams[i] as QueryTerms['grams'][number];
    const occurrences = occurrencesOf(terms.grams, hash);
    if (occurrences > 0) score += weight * occurrenceScore(occurrences, relativeLength);
  }
  return score;
}

function shareOf(score: number, worth: number): number {
  return score === 0 ? 0 : score / worth;
}
