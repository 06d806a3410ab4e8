import type { Embedding } from '../domain/embedding.js';
import type { Language } from '../domain/language.js';
import { type Centring, centre } from '../embedding/centring.js';
import type { PreparedRows } from './candidate-vectors.js';

/** Share of the best sentence in a passage's dense score; the rest is the passage as a whole. */
const SENTENCE_SHARE = 0.5;

/** Weight of the title beside passage and sentence, which have 1 together. Measured in docs/decisions/0004. */
const TITLE_WEIGHT = 0.2;

/**
 * A centred question, ready to be held against the sentence vectors of many passages.
 * What depends on the question and the centres alone is computed once here.
 */
export interface PreparedQuery {
  /** Centred, unit length, shape [dimensions]. */
  readonly embedding: Embedding;
  /** Dot product with the mean of sentences of each language; 0 where nothing is subtracted. */
  readonly withMean: Readonly<Record<Language, number>>;
}

export function prepareQuery(raw: Embedding, language: Language, centring: Centring): PreparedQuery {
  const embedding = centre(raw, centring.mean(language, 'query'));
  const withMean = (passageLanguage: Language): number => {
    const mean = centring.mean(passageLanguage, 'sentence');
    return mean?.reduce((sum, value, i) => sum + value * (embedding[i] ?? 0), 0) ?? 0;
  };
  return { embedding, withMean: { ar: withMean('ar'), en: withMean('en') } };
}

export interface BestSentence {
  /** Row in the passage's sentences. */
  readonly index: number;
  /** Cosine of the centred vectors, −1…1. */
  readonly similarity: number;
}

/**
 * The sentence whose centred vector points most nearly the way of the question; ties go to the earlier one.
 * Sentence vectors are stored raw and in 8 bits: cos(q, c·s − m) = (c·(q·s) − q·m) ÷ |c·s − m|.
 * @param rows  At least one.
 * Cost: dimensions × rows multiplications.
 */
export function bestSentence(query: PreparedQuery, language: Language, rows: PreparedRows): BestSentence {
  const { codes, scales, centredLengths } = rows;
  const dimensions = query.embedding.length;
  const queryWithMean = query.withMean[language];
  let index = 0;
  let best = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < scales.length; row++) {
    const length = centredLengths[row] as number;
    const dot =
      (scales[row] as number) * dotWithCodes(query.embedding, codes, row * dimensions) - queryWithMean;
    const similarity = length > 0 ? dot / length : 0;
    if (similarity > best) {
      best = similarity;
      index = row;
    }
  }
  return { index, similarity: best };
}

/** Four sums at once, because each addition waits for the one before it in the same sum. */
function dotWithCodes(vector: Float32Array, codes: Int8Array, offset: number): number {
  const dimensions = vector.length;
  const whole = dimensions - (dimensions % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < whole; i += 4) {
    a += (vector[i] as number) * (codes[offset + i] as number);
    b += (vector[i + 1] as number) * (codes[offset + i + 1] as number);
    c += (vector[i + 2] as number) * (codes[offset + i + 2] as number);
    d += (vector[i + 3] as number) * (codes[offset + i + 3] as number);
  }
  for (let i = whole; i < dimensions; i++) a += (vector[i] as number) * (codes[offset + i] as number);
  return a + b + (c + d);
}

/**
 * The dense score of a passage: half the passage, half its best sentence, and a little of its article's title, which
 * often alone says what "he", "the dam" or "it" of a passage is. An article without a title neither wins nor loses.
 * @returns −1…1
 */
export function denseScore(similarities: {
  passage: number;
  sentence: number;
  title: number | null;
}): number {
  const { passage, sentence, title } = similarities;
  const score = (1 - SENTENCE_SHARE) * passage + SENTENCE_SHARE * sentence;
  return title === null ? score : (score + TITLE_WEIGHT * title) / (1 + TITLE_WEIGHT);
}
