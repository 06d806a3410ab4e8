import type { Language } from '../domain/language.js';
import type { PassageTerms } from '../text/passage-terms.js';
import { CandidateCosines } from './candidate-cosines.js';
import type { FoundBy, FoundCandidate } from './find-candidates.js';
import { JudgedWords, type WordFeatures } from './judged-words.js';
import type { Candidate, RankingData } from './kept-candidates.js';
import type { PreparedQuery } from './prepare-query.js';
import type { QueryTerms } from './query-terms.js';
import { type AcrossFeatures, AcrossJudge, type WordsAcross } from './words-across.js';

/** All that a candidate is judged by, whichever list found it. */
export interface CandidateFeatures extends WordFeatures, AcrossFeatures {
  readonly label: number;
  readonly articleNumber: number;
  readonly language: Language;
  readonly foundBy: readonly FoundBy[];
  /** How near the question is to the passage, −1…1. */
  readonly passage: number;
  /** The same of its best sentence. */
  readonly sentence: number;
  /** Row of that in the passage's sentences; of equal ones the first. */
  readonly sentenceIndex: number;
  /** The same of its article's title; null when there is none. */
  readonly title: number | null;
  /** 1 when it holds every quoted phrase of the question as it is asked for, else 0. */
  readonly phrases: number;
}

/** What is asked: the question's vector (null when only words count) and its terms. */
export interface RankingQuery {
  readonly prepared: PreparedQuery | null;
  readonly terms: QueryTerms;
  readonly wordsAcross: WordsAcross;
  /** Of candidates that words found, by `wordRank`: how words judge them. Unset: that is done with all else. */
  readonly judgedByWords?: JudgedWords;
  /** The same of how near they are to the question. */
  readonly cosinesAhead?: CandidateCosines;
  /** Passages that hold every quoted phrase; null when nothing is quoted. */
  readonly holding: ReadonlySet<number> | null;
  readonly language: Language;
}

/**
 * Judges every candidate. Candidates that are gone meanwhile are left out. What the words say is computed when it is
 * first asked for: ranking has no use for the words of a passage in the other language, nor for any in mode `dense`.
 * @returns Valid for ever, though the data is not.
 */
export function candidateFeatures(
  query: RankingQuery,
  found: readonly FoundCandidate[],
  data: RankingData,
): CandidateFeatures[] {
  const ahead = query.cosinesAhead;
  const isAhead = ({ wordRank }: FoundCandidate) => wordRank >= 0 && ahead?.has(wordRank) === true;
  const others = found.filter((one) => !isAhead(one)).map(({ label }) => label);
  const beyond = CandidateCosines.of(query.prepared, others, data);
  const words = new BlockWords(query, found.length);
  const features: CandidateFeatures[] = [];
  let next = 0;
  for (const one of found) {
    const cosines = ahead !== undefined && isAhead(one) ? ahead : beyond;
    const cosinesAt = cosines === beyond ? next++ : one.wordRank;
    const candidate = data.candidates.get(one.label);
    if (candidate === undefined || !cosines.has(cosinesAt)) continue;
    const place = features.length;
    features.push(new JudgedCandidate(one, candidate, { cosines, cosinesAt, words, place }));
  }
  return features;
}

/** @returns The same numbers, all computed, that hold on to nothing else */
export function withAllFeatures(features: CandidateFeatures): CandidateFeatures {
  return {
    label: features.label,
    articleNumber: features.articleNumber,
    language: features.language,
    foundBy: features.foundBy,
    passage: features.passage,
    sentence: features.sentence,
    sentenceIndex: features.sentenceIndex,
    title: features.title,
    phrases: features.phrases,
    words: features.words,
    coverage: features.coverage,
    missing: features.missing,
    grams: features.grams,
    translated: features.translated,
    untranslated: features.untranslated,
    known: features.known,
    brevity: features.brevity,
  };
}

/** The words of a question, as the candidates of a block are held against them. */
class BlockWords {
  readonly query: RankingQuery;
  readonly #candidates: number;
  readonly #inOtherLanguage: PassageTerms[] = [];
  #here: JudgedWords | null = null;
  #across: AcrossJudge | null = null;

  /** @param candidates  As many as there may be. */
  constructor(query: RankingQuery, candidates: number) {
    this.query = query;
    this.#candidates = candidates;
  }

  /** All are added before anything is asked for. @returns Their place in `across` */
  addInOtherLanguage(terms: PassageTerms): number {
    return this.#inOtherLanguage.push(terms) - 1;
  }

  /** Of candidates that were not judged ahead: by place in the block. */
  get here(): JudgedWords {
    this.#here ??= new JudgedWords(this.query.terms, this.#candidates);
    return this.#here;
  }

  get across(): AcrossJudge {
    this.#across ??= new AcrossJudge(this.query.wordsAcross, this.#inOtherLanguage);
    return this.#across;
  }
}

interface Judgement {
  readonly cosines: CandidateCosines;
  readonly cosinesAt: number;
  readonly words: BlockWords;
  /** In the block. */
  readonly place: number;
}

/** Keeps no numbers of its own: they lie beside those of the other candidates. */
class JudgedCandidate implements CandidateFeatures {
  readonly #found: FoundCandidate;
  readonly #candidate: Candidate;
  readonly #cosines: CandidateCosines;
  readonly #cosinesAt: number;
  readonly #words: BlockWords;
  readonly #place: number;
  /** −1 in the question's language. */
  readonly #acrossAt: number;

  constructor(found: FoundCandidate, candidate: Candidate, { cosines, cosinesAt, words, place }: Judgement) {
    this.#found = found;
    this.#candidate = candidate;
    this.#cosines = cosines;
    this.#cosinesAt = cosinesAt;
    this.#words = words;
    this.#place = place;
    const isOther = candidate.language !== words.query.language;
    this.#acrossAt = isOther ? words.addInOtherLanguage(candidate.terms) : -1;
  }

  get label(): number {
    return this.#found.label;
  }

  get articleNumber(): number {
    return this.#candidate.articleNumber;
  }

  get language(): Language {
    return this.#candidate.language;
  }

  get foundBy(): readonly FoundBy[] {
    return this.#found.foundBy;
  }

  get passage(): number {
    return this.#cosines.passage(this.#cosinesAt);
  }

  get sentence(): number {
    return this.#cosines.sentence(this.#cosinesAt);
  }

  get sentenceIndex(): number {
    return this.#cosines.sentenceIndex(this.#cosinesAt);
  }

  get title(): number | null {
    return this.#cosines.title(this.#cosinesAt);
  }

  get phrases(): number {
    return this.#words.query.holding?.has(this.label) ? 1 : 0;
  }

  get words(): number {
    return this.#byWords('words');
  }

  get coverage(): number {
    return this.#byWords('coverage');
  }

  get missing(): number {
    return this.#byWords('missing');
  }

  get grams(): number {
    return this.#byWords('grams');
  }

  get translated(): number {
    return this.#acrossAt < 0 ? 0 : this.#words.across.translated(this.#acrossAt);
  }

  get untranslated(): number {
    return this.#acrossAt < 0 ? 0 : this.#words.across.untranslated(this.#acrossAt);
  }

  get known(): number {
    return this.#words.across.known;
  }

  get brevity(): number {
    return this.#words.across.brevity;
  }

  #byWords(feature: keyof WordFeatures): number {
    const { wordRank } = this.#found;
    const ahead = this.#words.query.judgedByWords;
    const isAhead = ahead !== undefined && wordRank >= 0 && wordRank < ahead.places;
    const judged = isAhead ? ahead : this.#words.here;
    const at = isAhead ? wordRank : this.#place;
    judged.judge(at, this.#candidate.terms);
    return judged[feature](at);
  }
}
