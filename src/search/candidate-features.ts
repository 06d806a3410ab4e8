import type { Language } from '../domain/language.js';
import type { PassageTerms } from '../text/passage-terms.js';
import type { RankingData } from './kept-candidates.js';
import type { PreparedQuery } from './prepare-query.js';
import type { QueryTerms } from './query-terms.js';
import {
  skeletonShare,
  skeletonWorths,
  type TermFeatures,
  type WordFeatures,
  wordFeatures,
} from './term-features.js';

/** Which list found a candidate. */
export type FoundBy = 'dense' | 'keyword';

/** All that a candidate is judged by, whichever list found it. Cosines are −1…1. */
export interface CandidateFeatures extends TermFeatures {
  readonly label: number;
  readonly articleNumber: number;
  readonly language: Language;
  readonly foundBy: readonly FoundBy[];
  readonly passage: number;
  /** Of its best sentence. */
  readonly sentence: number;
  /** Row of that in the passage's sentences; of equal ones the first. */
  readonly sentenceIndex: number;
  /** Of its article's title; null when there is none. */
  readonly title: number | null;
  /** 1 when it holds every quoted phrase of the question as it is asked for, else 0. */
  readonly phrases: number;
}

/** What is asked: the question's vector (null when only words count) and its terms. */
export interface RankingQuery {
  readonly prepared: PreparedQuery | null;
  readonly terms: QueryTerms;
  /** By label, of candidates that were judged by words before; the others are judged with all else. Unset: none was. */
  readonly judgedByWords?: ReadonlyMap<number, WordFeatures>;
  /** Passages that hold every quoted phrase; null when nothing is quoted. */
  readonly holding: ReadonlySet<number> | null;
  readonly language: Language;
}

/**
 * Computes every feature of every candidate. Candidates that are gone meanwhile are left out.
 * @param found  Labels, each with the lists that found it.
 */
export function candidateFeatures(
  query: RankingQuery,
  found: ReadonlyMap<number, readonly FoundBy[]>,
  { candidates, matrix }: RankingData,
): CandidateFeatures[] {
  const rows: number[] = [];
  for (const label of found.keys()) {
    const candidate = candidates.get(label);
    if (candidate === undefined) continue;
    rows.push(candidate.passageRow);
    for (let i = 0; i < candidate.sentences; i++) rows.push(candidate.firstSentenceRow + i);
    if (candidate.titleRow !== null) rows.push(candidate.titleRow);
  }
  const similarities =
    query.prepared === null ? new Float64Array(rows.length) : matrix.similarities(query.prepared, rows);

  const worths = skeletonWorths(query.terms, termsInOtherLanguage(query.language, found.keys(), candidates));
  const features: CandidateFeatures[] = [];
  let next = 0;
  for (const [label, foundBy] of found) {
    const candidate = candidates.get(label);
    if (candidate === undefined) continue;
    const passage = similarities[next++] as number;
    let sentenceIndex = 0;
    // A passage of one sentence has no second vector: it is its own best sentence.
    let sentence = candidate.sentences === 0 ? passage : Number.NEGATIVE_INFINITY;
    for (let i = 0; i < candidate.sentences; i++) {
      const similarity = similarities[next++] as number;
      if (similarity > sentence) {
        sentence = similarity;
        sentenceIndex = i;
      }
    }
    const title = candidate.titleRow === null ? null : (similarities[next++] as number);
    const { articleNumber, language, terms } = candidate;
    features.push({
      label,
      articleNumber,
      language,
      foundBy,
      passage,
      sentence,
      sentenceIndex,
      title,
      phrases: query.holding?.has(label) ? 1 : 0,
      ...(query.judgedByWords?.get(label) ?? wordFeatures(query.terms, terms)),
      skeletons: skeletonShare(query.terms, terms, worths),
    });
  }
  return features;
}

function termsInOtherLanguage(
  queryLanguage: Language,
  labels: Iterable<number>,
  candidates: RankingData['candidates'],
): PassageTerms[] {
  const found: PassageTerms[] = [];
  for (const label of labels) {
    const candidate = candidates.get(label);
    if (candidate !== undefined && candidate.language !== queryLanguage) found.push(candidate.terms);
  }
  return found;
}
