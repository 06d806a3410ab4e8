import type { Language } from '../../../src/domain/language.js';
import type { ScorePart } from '../../../src/domain/ranked-passage.js';
import { NO_CENTRING } from '../../../src/embedding/centring.js';
import type { CandidateFeatures } from '../../../src/search/candidate-features.js';
import type { Candidate, RankingData } from '../../../src/search/kept-candidates.js';
import { RankingMatrix } from '../../../src/search/ranking-matrix.js';
import { passageTerms } from '../../../src/text/passage-terms.js';
import { quantised, vectorOf } from './random-vectors.js';

/** Features of an English candidate, the same numbers unless told otherwise. */
export function featuresOf(given: Partial<CandidateFeatures> = {}): CandidateFeatures {
  return {
    label: 1,
    articleNumber: 1,
    language: 'en',
    foundBy: ['dense'],
    passage: 0.5,
    sentence: 0.6,
    sentenceIndex: 0,
    title: 0.3,
    phrases: 0,
    words: 0.8,
    coverage: 0.8,
    missing: 0.2,
    grams: 0.7,
    translated: 0.4,
    untranslated: 0.3,
    known: 0.9,
    brevity: 0.2,
    ...given,
  };
}

/** What parts of a score add up to. */
export function totalOf(parts: readonly ScorePart[]): number {
  return parts.reduce((sum, { share }) => sum + share, 0);
}

export interface PassageSketch {
  readonly passage?: Float32Array;
  /** None when it is one sentence. */
  readonly sentences?: readonly Float32Array[];
  readonly title?: Float32Array;
  readonly language?: Language;
  readonly text?: string;
}

/** What candidates are ranked by, 16 dimensions; passages whose vector is not told get one by their label. */
export function rankingDataOf(passages: Readonly<Record<number, PassageSketch>>): RankingData {
  const matrix = new RankingMatrix(16, NO_CENTRING);
  const candidates = new Map<number, Candidate>();
  for (const [key, sketch] of Object.entries(passages)) {
    const label = Number(key);
    const { passage = vectorOf(1_000 + label), sentences, title, language = 'en', text = '' } = sketch;
    candidates.set(label, {
      articleNumber: label,
      language,
      terms: passageTerms(text, ''),
      passageRow: matrix.add(quantised(passage), language, 'passage'),
      firstSentenceRow:
        sentences === undefined ? matrix.size : matrix.add(quantised(...sentences), language, 'sentence'),
      sentences: sentences?.length ?? 0,
      titleRow: title === undefined ? null : matrix.add(quantised(title), language, 'sentence'),
    });
  }
  return { candidates, matrix };
}
