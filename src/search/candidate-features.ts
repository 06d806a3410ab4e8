import type { Language } from '../domain/language.js';
import type { PassageTerms } from '../text/passage-terms.js';
import { type CandidateCosines, candidateCosines } from './candidate-cosines.js';
import type { Candidate, RankingData } from './kept-candidates.js';
import type { PreparedQuery } from './prepare-query.js';
import type { QueryTerms } from './query-terms.js';
import { type WordFeatures, wordFeatures } from './term-features.js';
import { type AcrossFeatures, AcrossJudge, type WordsAcross } from './words-across.js';

/** Which list found a candidate. */
export type FoundBy = 'dense' | 'keyword';

/** All that a candidate is judged by, whichever list found it. */
export interface CandidateFeatures extends CandidateCosines, WordFeatures, AcrossFeatures {
  readonly label: number;
  readonly articleNumber: number;
  readonly language: Language;
  readonly foundBy: readonly FoundBy[];
  /** 1 when it holds every quoted phrase of the question as it is asked for, else 0. */
  readonly phrases: number;
}

/** What is asked: the question's vector (null when only words count) and its terms. */
export interface RankingQuery {
  readonly prepared: PreparedQuery | null;
  readonly terms: QueryTerms;
  readonly wordsAcross: WordsAcross;
  /** By label, of candidates that were judged by words before; the others are judged with all else. Unset: none was. */
  readonly judgedByWords?: ReadonlyMap<number, WordFeatures>;
  /** The same of candidates that were held against the question by vector before. */
  readonly cosinesAhead?: ReadonlyMap<number, CandidateCosines>;
  /** Passages that hold every quoted phrase; null when nothing is quoted. */
  readonly holding: ReadonlySet<number> | null;
  readonly language: Language;
}

/**
 * Judges every candidate. Candidates that are gone meanwhile are left out. What the words say is computed when it is
 * first asked for: ranking has no use for the words of a passage in the other language, nor for any in mode `dense`.
 * @param found  Labels, each with the lists that found it.
 * @returns Valid for ever, though the data is not.
 */
export function candidateFeatures(
  query: RankingQuery,
  found: ReadonlyMap<number, readonly FoundBy[]>,
  data: RankingData,
): CandidateFeatures[] {
  const ahead = query.cosinesAhead ?? new Map<number, CandidateCosines>();
  const others = [...found.keys()].filter((label) => !ahead.has(label));
  const beyond = candidateCosines(query.prepared, others, data);
  const asked = new AskedWords(query);
  const features: CandidateFeatures[] = [];
  for (const [label, foundBy] of found) {
    const candidate = data.candidates.get(label);
    if (candidate === undefined) continue;
    const cosines = ahead.get(label) ?? beyond.get(label);
    if (cosines === undefined) continue;
    asked.add(candidate);
    features.push(new JudgedCandidate(label, foundBy, { candidate, cosines, asked }));
  }
  return features;
}

/** @returns The same numbers, all computed, that hold on to nothing else */
export function withAllFeatures(features: CandidateFeatures): CandidateFeatures {
  const { words, coverage, missing, grams, translated, untranslated, known, brevity } = features;
  return { ...features, words, coverage, missing, grams, translated, untranslated, known, brevity };
}

/** The words of a question, as the candidates of a block are held against them. */
class AskedWords {
  readonly query: RankingQuery;
  readonly #inOtherLanguage: PassageTerms[] = [];
  #across: AcrossJudge | null = null;

  constructor(query: RankingQuery) {
    this.query = query;
  }

  /** All candidates are added before anything is asked for. */
  add({ language, terms }: Candidate): void {
    if (language !== this.query.language) this.#inOtherLanguage.push(terms);
  }

  get across(): AcrossJudge {
    this.#across ??= new AcrossJudge(this.query.wordsAcross, this.#inOtherLanguage);
    return this.#across;
  }
}

interface Judgement {
  readonly candidate: Candidate;
  readonly cosines: CandidateCosines;
  readonly asked: AskedWords;
}

class JudgedCandidate implements CandidateFeatures {
  readonly label: number;
  readonly articleNumber: number;
  readonly language: Language;
  readonly foundBy: readonly FoundBy[];
  readonly passage: number;
  readonly sentence: number;
  readonly sentenceIndex: number;
  readonly title: number | null;
  readonly phrases: number;
  readonly #asked: AskedWords;
  readonly #terms: PassageTerms;
  #byWords: WordFeatures | undefined;
  #acrossFeatures: AcrossFeatures | undefined;

  constructor(label: number, foundBy: readonly FoundBy[], { candidate, cosines, asked }: Judgement) {
    this.label = label;
    this.articleNumber = candidate.articleNumber;
    this.language = candidate.language;
    this.foundBy = foundBy;
    this.passage = cosines.passage;
    this.sentence = cosines.sentence;
    this.sentenceIndex = cosines.sentenceIndex;
    this.title = cosines.title;
    this.phrases = asked.query.holding?.has(label) ? 1 : 0;
    this.#asked = asked;
    this.#terms = candidate.terms;
    this.#byWords = asked.query.judgedByWords?.get(label);
  }

  get words(): number {
    return this.#judgedByWords().words;
  }

  get coverage(): number {
    return this.#judgedByWords().coverage;
  }

  get missing(): number {
    return this.#judgedByWords().missing;
  }

  get grams(): number {
    return this.#judgedByWords().grams;
  }

  get translated(): number {
    return this.#judgedAcross().translated;
  }

  get untranslated(): number {
    return this.#judgedAcross().untranslated;
  }

  get known(): number {
    return this.#judgedAcross().known;
  }

  get brevity(): number {
    return this.#judgedAcross().brevity;
  }

  #judgedAcross(): AcrossFeatures {
    this.#acrossFeatures ??= this.#asked.across.judge(this.#terms);
    return this.#acrossFeatures;
  }

  #judgedByWords(): WordFeatures {
    this.#byWords ??= wordFeatures(this.#asked.query.terms, this.#terms);
    return this.#byWords;
  }
}
